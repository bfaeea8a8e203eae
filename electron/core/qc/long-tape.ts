/**
 * Frames from which on a tape is judged, and written down as a report, in a thread of its own: a quarter of an hour. Less takes less time
 * than a thread takes to start.
 */
export const longFrom = 22_500;
