/** The sentence for an error of a field: what the visitor should do. */
import type { FieldError } from "@/host";
import type { Messages } from "@/i18n/index.svelte";

export function fieldErrorMessage({ field, code, params }: FieldError, { errors, missing }: Messages["lead"]): string {
	if (code === "required" && field === "phone") return missing[field];
	return errors[code](params);
}
