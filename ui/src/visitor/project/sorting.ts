/** The order of units in a table. Units without a value are last in both directions; ties are sorted by number. */
import type { UnitRow } from "@/host";
import type { Column } from "./unit-traits";

export type SortKey = Column | "price" | "status";
export interface Sorting {
	key: SortKey;
	descending: boolean;
}

export const CHEAPEST_FIRST: Sorting = { key: "price", descending: false };
const STATUS_RANK = { available: 0, reserved: 1, sold: 2 };
/** Compares `A-2` and `A-10` by their numbers. */
const byNumericText = new Intl.Collator("fr", { numeric: true, sensitivity: "base" });

/** Sorts by a column; a second tap on the same column reverses the order. */
export function toggleSort(now: Sorting, key: SortKey): Sorting {
	return now.key === key ? { key, descending: !now.descending } : { key, descending: false };
}

export function sorted(units: readonly UnitRow[], { key, descending }: Sorting): UnitRow[] {
	const sign = descending ? -1 : 1;
	const byNumber = (a: UnitRow, b: UnitRow) => byNumericText.compare(a.number, b.number) || (a.id < b.id ? -1 : 1);
	if (key === "number") return [...units].sort((a, b) => sign * byNumber(a, b));
	const value = (unit: UnitRow) => (key === "status" ? STATUS_RANK[unit.status] : unit[key]);
	return [...units].sort((a, b) => {
		const [x, y] = [value(a), value(b)];
		if (x === null || y === null) return (x === null ? 1 : 0) - (y === null ? 1 : 0) || byNumber(a, b);
		return sign * (x - y) || byNumber(a, b);
	});
}

export const available = (units: readonly UnitRow[]): UnitRow[] => units.filter((unit) => unit.status === "available");
