/** The result that a visitor sends with the request, as sentences. Must not know: components. */
import type { SharedResult } from "@/host";
import type { Messages } from "@/i18n/index.svelte";

/** One sentence for each figure that is sent. */
export function resultLines(result: SharedResult, m: Messages): string[] {
	const words = m.lead.result;
	const lines: (string | false | null)[] = [];
	switch (result.kind) {
		case "budget":
			lines.push(words.budget(result.total), words.cash(result.cash));
			lines.push(result.loan !== null && words.loan(result.loan));
			break;
		case "unit_plan":
			lines.push(words.unitPlan(result.unit.number ?? result.unit.unit, result.price));
			lines.push(words.total(result.total.low, result.total.high));
			lines.push(result.total_with_aid && words.totalWithAid(result.total_with_aid.low, result.total_with_aid.high));
			lines.push(result.monthly !== null && words.monthly(result.monthly));
			break;
		case "aid":
			lines.push(m.aid.verdict[result.outcome]);
			lines.push(result.unit && words.unit(result.unit.number ?? result.unit.unit));
			lines.push(result.amount !== null && words.aid(result.amount));
			break;
		case "stay":
			lines.push(words.stay(result.arrival, result.departure), m.summer.fit[result.fit]);
			lines.push(words.lastSignature(result.last_signature));
	}
	return lines.filter((line) => typeof line === "string");
}
