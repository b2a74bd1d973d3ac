/** Countdowns and errors as staff read them. */
import type { HostError } from "@/host";
import { i18n, type Messages } from "@/i18n/index.svelte";

type Staff = Messages["staff"];

/** `4:05`, for a countdown. */
export function countdown(seconds: number): string {
	const hours = Math.floor(seconds / 3600);
	const minutes = Math.floor((seconds % 3600) / 60);
	const twoDigits = (value: number) => String(value).padStart(2, "0");
	const start = hours > 0 ? `${hours}:${twoDigits(minutes)}` : String(minutes);
	return `${start}:${twoDigits(seconds % 60)}`;
}

/** The sentence for an error; empty without one. */
export function errorMessage(error: HostError | null): string {
	if (!error) return "";
	const { errors } = i18n.m.staff;
	const known = Object.hasOwn(errors, error.code) ? (error.code as keyof Staff["errors"]) : "internal";
	return errors[known](error.params);
}
