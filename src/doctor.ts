/**
 * Checks a page and its backend on demand, and says what to fix. Importing this module does nothing. As a script with
 * `?run` in its address, it runs and shows its report: `<script type="module" src="…/doctor.js?run"></script>`.
 */
import { type DoctorOptions, runDoctor } from './doctor/run-doctor.js';
import { showReport } from './doctor/show-report.js';

export type { DoctorCheck, DoctorCheckId, DoctorOutcome, DoctorReport } from './doctor/report.js';
export { type DoctorOptions, runDoctor } from './doctor/run-doctor.js';
export { showReport } from './doctor/show-report.js';

/** Runs the doctor and shows its report in a corner of the page. */
export async function showDoctor(options: DoctorOptions = {}): Promise<void> {
  showReport(await runDoctor(options), () => void showDoctor(options));
}

/** The query of the script's own address. Bundlers may write one that is no URL. */
const query = URL.canParse(import.meta.url) ? new URL(import.meta.url).searchParams : new URLSearchParams();
if (query.has('run')) void showDoctor(query.has('endpoint') ? { endpoint: query.get('endpoint') ?? '' } : {});
