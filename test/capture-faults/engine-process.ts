// An engine as a process of its own, for the test that kills it: records a tape and waits to be killed.
import { openStation, recordTape } from './station.ts';

const [folder = '', identifier = '', recipe = ''] = process.argv.slice(2);
const station = await openStation(folder);
const { passId } = await recordTape(station, identifier, JSON.parse(recipe));
process.stdout.write(`${passId}\n`);
