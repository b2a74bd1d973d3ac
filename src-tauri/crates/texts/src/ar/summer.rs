//! Plan of a stay in Arabic.

use crate::SummerTexts;
use expo_domain::summer_plan::SummerStage;

pub(super) const TEXTS: SummerTexts = SummerTexts {
    heading: "الشراء خلال إقامتي",
    stage: |stage| match stage {
        SummerStage::Documents => "جمع الوثائق",
        SummerStage::BankFile => "ملف البنك",
        SummerStage::AidRegistration => "التسجيل في «دعم سكن»",
        SummerStage::AidApproval => "الموافقة الأولية على الدعم",
        SummerStage::Visit => "زيارة العقار",
        SummerStage::Reservation => "الحجز",
        SummerStage::PreliminaryContract => "العقد الابتدائي",
        SummerStage::PreliminaryDeed => "الوعد بالبيع لدى الموثق",
        SummerStage::NotaryFiles => "إيداع الموثق للملف",
        SummerStage::AidPayment => "صرف الدعم للموثق",
        SummerStage::PowerOfAttorney => "الوكالة",
        SummerStage::FinalDeed => "العقد النهائي",
        SummerStage::Instalments => "دفعات الأشغال",
        SummerStage::AidAtDelivery => "الدعم، بعد رخصة السكن",
        SummerStage::FinalDeedAtDelivery => "العقد النهائي والمفاتيح",
    },
    at_delivery: "عند التسليم",
    by_proxy: "بالوكالة",
    to_confirm: "للتأكيد",
    terms: "تواريخ إرشادية، تؤكد مع الموثق.",
};
