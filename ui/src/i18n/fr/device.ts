/** Messages of the staff screen "device": diagnosis, secrets, restart. */
import type { FindingCode } from "@/host";

export const device = {
	diagnosis: "Contrôle de la borne",
	diagnosisText:
		"Vérifie le disque, les demandes, le catalogue, ses images et la connexion. Cela prend quelques secondes.",
	diagnose: "Contrôler",
	diagnosing: "Contrôle en cours…",
	healthy: "Aucun défaut trouvé.",
	findings: {
		not_provisioned: "La borne n’est pas préparée. Appelez l’opérateur.",
		disk_full: "Le disque est plein. Exportez les demandes sur une clé USB et appelez l’opérateur.",
		disk_not_writable:
			"La borne ne peut plus écrire sur son disque et ne prend plus de demandes. Exportez les demandes, puis appelez l’opérateur.",
		disk_low: "Il reste peu de place sur le disque. Demandez à l’opérateur de retirer les anciens exports.",
		reserve_gone: "La réserve de place pour les demandes est utilisée. Appelez l’opérateur aujourd’hui.",
		leads_damaged: "Le fichier des demandes est abîmé. Laissez la borne allumée et appelez l’assistance.",
		leads_unreadable: "Des demandes sont illisibles. Les autres sont envoyées et exportées\u00a0; prévenez le siège.",
		leads_file_replaced:
			"Un fichier abîmé des demandes a été remplacé et gardé. Demandez à l’opérateur de le reprendre et de le ranger.",
		audit_log_changed: "Le journal a été modifié. Prévenez le siège et ne touchez plus à la borne.",
		leads_wait_long: "Des demandes attendent d’être envoyées depuis plus d’un jour. Reliez la borne au réseau.",
		leads_set_aside: "La plateforme refuse des demandes. Ouvrez «\u00a0Demandes\u00a0» et prévenez le siège.",
		leads_quarantined: "La plateforme n’a pas pu lire des demandes. Exportez-les et prévenez le siège.",
		leads_wait_for_passphrase: "Des demandes attendent la phrase de passe pour partir. Ouvrez «\u00a0Demandes\u00a0».",
		no_catalogue: "Aucun catalogue n’est installé. Ouvrez «\u00a0Catalogue\u00a0» et chargez-en un.",
		catalogue_damaged: "Le catalogue est abîmé. Chargez-le de nouveau d’une clé USB, ou attendez la plateforme.",
		catalogue_overdue: "Le catalogue devait être remplacé. Demandez le nouveau au siège.",
		catalogue_refused:
			"Le catalogue publié ne peut pas être installé. Donnez au siège le code montré sur «\u00a0Aujourd’hui\u00a0».",
		pictures_missing:
			"Des images du catalogue manquent. Elles arriveront avec le réseau, ou chargez le catalogue d’une clé USB.",
		authorities_missing: "Les certificats de l’étape manquent\u00a0: la borne ne se connecte pas. Appelez l’opérateur.",
		clock_wrong: "L’horloge de la borne n’est pas juste. Demandez à l’opérateur de la régler.",
		not_enrolled:
			"La plateforme ne connaît pas cette borne. Demandez à l’opérateur de l’inscrire\u00a0; les demandes restent ici, en sûreté.",
		upgrade_required: "La plateforme demande une version plus récente du programme. Appelez l’opérateur.",
		notice_incomplete: "L’information sur les données personnelles n’est pas complète. Prévenez le siège.",
	} satisfies Record<FindingCode, string>,

	present: "Phrase de passe actuelle",
	pin: "Changer le code de l’équipe",
	pinText: "De 6 à 12 chiffres, sans suite ni répétition.",
	newPin: "Nouveau code",
	repeatPin: "Le même code encore une fois",
	changePin: "Changer le code",
	pinChanged: "Le nouveau code est en service. L’ancien n’ouvre plus rien.",
	passphrase: "Changer la phrase de passe",
	passphraseText:
		"Au moins 16 caractères, par exemple quatre mots tirés au hasard. Notez-la\u00a0: sans elle, personne ne peut ouvrir les demandes de cette borne. Les fichiers chiffrés déjà exportés gardent l’ancienne.",
	newPassphrase: "Nouvelle phrase de passe",
	repeatPassphrase: "La même phrase encore une fois",
	changePassphrase: "Changer la phrase",
	passphraseChanged: "La nouvelle phrase est en service. L’ancienne n’ouvre plus rien sur cette borne.",
	changing: "Changement…",
	different: "Les deux saisies ne sont pas les mêmes.",

	restart: "Redémarrer le programme",
	restartText: "Utile si un écran ne répond plus. Les demandes ne risquent rien\u00a0; la visite en cours se termine.",
	restartNow: "Redémarrer",
	restartSure: "Oui, redémarrer maintenant",
	cancel: "Annuler",
};
