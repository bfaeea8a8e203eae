/** First argument that makes this program the simulator's player instead of a workstation. */
export const playerArgument = '--helical-player';
