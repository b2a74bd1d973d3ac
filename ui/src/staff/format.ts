/** Countdowns and errors as staff read them. */
import type { HostError } from "@/host";
import { i18n } from "@/i18n/index.svelte";

/** `4:05`, for a countdown. */
export function countdown(seconds: number): string {
	const hours = Math.floor(seconds / 3600);
	const minutes = Math.floor((seconds % 3600) / 60);
	const twoDigits = (value: number) => String(value).padStart(2, "0");
	const start = hours > 0 ? `${hours}:${twoDigits(minutes)}` : String(minutes);
	return `${start}:${twoDigits(seconds % 60)}`;
}

/** The sentence for an error; empty without one. Tauri itself can fail a call with a code that is not ours. */
export function errorMessage(error: HostError | null): string {
	if (!error) return "";
	const { errors } = i18n.m.staff;
	return (Object.hasOwn(errors, error.code) ? errors[error.code] : errors.internal)(error.params);
}
