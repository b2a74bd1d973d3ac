/** An address of a web page as people read and type it, kept left to right inside any sentence. */
export const page = (address: string | null): string =>
	address === null ? "" : `\u2066${address.replace(/^https:\/\//, "").replace(/\/$/, "")}\u2069`;
