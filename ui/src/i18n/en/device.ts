import type { FindingCode } from "@/host";

export const device = {
	diagnosis: "Check of the kiosk",
	diagnosisText:
		"Checks the disk, the leads, the catalogue, its pictures and the connection. This takes a few seconds.",
	diagnose: "Check",
	diagnosing: "Checking…",
	healthy: "No problem found.",
	findings: {
		not_provisioned: "The kiosk is not set up. Call the operator.",
		disk_full: "The disk is full. Export the leads to a USB stick and call the operator.",
		disk_not_writable:
			"The kiosk cannot write to its disk any more and takes no leads. Export the leads, then call the operator.",
		disk_low: "Little space is left on the disk. Ask the operator to remove old exports.",
		reserve_gone: "The reserved space for leads is in use. Call the operator today.",
		leads_damaged: "The file of the leads is damaged. Leave the kiosk on and call support.",
		leads_unreadable: "Some leads cannot be read. All others are sent and exported; tell headquarters.",
		leads_file_replaced:
			"A damaged file of the leads was replaced and kept. Ask the operator to salvage it and to move it away.",
		audit_log_changed: "The log was changed. Tell headquarters, and do not touch the kiosk.",
		leads_wait_long: "Leads have waited to be sent for more than a day. Bring the kiosk online.",
		leads_set_aside: "The platform refuses some leads. Open “Leads” and tell headquarters.",
		leads_quarantined: "The platform could not read some leads. Export them and tell headquarters.",
		leads_wait_for_passphrase: "Some leads wait for the passphrase before they can leave. Open “Leads”.",
		no_catalogue: "No catalogue is installed. Open “Catalogue” and load one.",
		catalogue_damaged: "The catalogue is damaged. Load it again from a USB stick, or wait for the platform.",
		catalogue_overdue: "The catalogue was to be replaced. Ask headquarters for the new one.",
		catalogue_refused: "The published catalogue cannot be installed. Give headquarters the code shown on “Today”.",
		pictures_missing:
			"Some pictures of the catalogue are missing. They arrive with the network, or load the catalogue from a USB stick.",
		authorities_missing: "The certificates of the stop are missing: the kiosk does not connect. Call the operator.",
		clock_wrong: "The clock of the kiosk is wrong. Ask the operator to set it.",
		not_enrolled: "The platform does not know this kiosk. Ask the operator to enrol it; leads stay here, in safety.",
		upgrade_required: "The platform needs a newer version of the program. Call the operator.",
		notice_incomplete: "The privacy notice is not complete. Tell headquarters.",
	} satisfies Record<FindingCode, string>,

	present: "Present passphrase",
	pin: "Change the staff code",
	pinText: "6 to 12 digits, no run and no repetition.",
	newPin: "New code",
	repeatPin: "The same code once more",
	changePin: "Change the code",
	pinChanged: "The new code is in use. The former one opens nothing any more.",
	passphrase: "Change the passphrase",
	passphraseText:
		"At least 16 characters, such as four random words. Write it down: without it nobody can open the leads on this kiosk. Encrypted files that are exported already keep the former one.",
	newPassphrase: "New passphrase",
	repeatPassphrase: "The same passphrase once more",
	changePassphrase: "Change the passphrase",
	passphraseChanged: "The new passphrase is in use. The former one opens nothing on this kiosk any more.",
	changing: "Changing…",
	different: "The two entries are not the same.",

	restart: "Restart the program",
	restartText: "Helps if a screen does not respond. Leads are safe; the visit that is under way ends.",
	restartNow: "Restart",
	restartSure: "Yes, restart now",
	cancel: "Cancel",
};
