export const keyboard = {
	name: "لوحة المفاتيح",
	backspace: "مسح",
	space: "مسافة",
	shift: "حروف كبيرة",
	close: "إغلاق لوحة المفاتيح",
	enter: "الخانة التالية",
};
