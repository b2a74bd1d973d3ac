/** The sentence for an error of a field: what the visitor should do. */
import type { FieldError } from "@/host";
import type { Messages } from "@/i18n/index.svelte";

type Lead = Messages["lead"];

export function fieldErrorMessage(error: FieldError, lead: Lead): string {
	if (error.code === "required" && Object.hasOwn(lead.missing, error.field)) {
		return lead.missing[error.field as keyof Lead["missing"]];
	}
	if (!Object.hasOwn(lead.errors, error.code)) return lead.unknownError;
	return lead.errors[error.code as keyof Lead["errors"]](error.params);
}
