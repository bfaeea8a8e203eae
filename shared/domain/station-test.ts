/** The tape that self-tests of the station are passes of: no tape of the collection, so that no batch takes it. */
export const stationTestTape = 'STATION-TEST';
