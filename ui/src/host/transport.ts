/** The only module that imports `@tauri-apps`: calls a command, and gives the URL of a picture. */
import { invoke } from "@tauri-apps/api/core";

export const call = <T>(command: string, args: Record<string, unknown>): Promise<T> => invoke<T>(command, args);

export const mediaUrl = (hash: string): string => `media://localhost/${hash}`;
