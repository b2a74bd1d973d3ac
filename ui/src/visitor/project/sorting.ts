/** The order of units in a table. Whatever has no value stands last in either direction; ties go by number, as people count. */
import type { UnitRow } from "@/host";
import type { Column } from "./vocabulary";

export type SortKey = Column | "price" | "status";
export interface Sorting {
	key: SortKey;
	descending: boolean;
}

export const CHEAPEST: Sorting = { key: "price", descending: false };
const RANK = { available: 0, reserved: 1, sold: 2 };
const counted = new Intl.Collator("fr", { numeric: true, sensitivity: "base" });

/** One touch on a column sorts by it; another turns the order round. */
export function touched(now: Sorting, key: SortKey): Sorting {
	return now.key === key ? { key, descending: !now.descending } : { key, descending: false };
}

export function sorted(units: readonly UnitRow[], { key, descending }: Sorting): UnitRow[] {
	const sign = descending ? -1 : 1;
	const byNumber = (a: UnitRow, b: UnitRow) => counted.compare(a.number, b.number) || (a.id < b.id ? -1 : 1);
	if (key === "number") return [...units].sort((a, b) => sign * byNumber(a, b));
	const value = (unit: UnitRow) => (key === "status" ? RANK[unit.status] : unit[key]);
	return [...units].sort((a, b) => {
		const [x, y] = [value(a), value(b)];
		if (x === null || y === null) return (x === null ? 1 : 0) - (y === null ? 1 : 0) || byNumber(a, b);
		return sign * (x - y) || byNumber(a, b);
	});
}

export const available = (units: readonly UnitRow[]): UnitRow[] => units.filter((unit) => unit.status === "available");
