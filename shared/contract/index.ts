import { batchesContract } from './batches.ts';
import { captureContract } from './capture.ts';
import { compareContract } from './compare.ts';
import { liveContract } from './live.ts';
import { logContract } from './log.ts';
import { passesContract } from './passes.ts';
import { qcContract } from './qc.ts';
import { reviewContract } from './review.ts';
import { stationContract } from './station.ts';
import { tapesContract } from './tapes.ts';

/**
 * The whole interface between the engine and its front ends. Bytes do not travel here; they have addresses:
 *
 * - `/media/files/{fileId}`: a registered file, with Range
 * - `/media/passes/{passId}/live.jpg`: the live picture while the follower runs
 * - `/media/passes/{passId}/thumbnails/{n}.jpg`: one thumbnail every ten seconds of tape
 * - `/media/passes/{passId}/frames/{frame}.png`: one exact frame of the master
 * - `/media/passes/{passId}/pictures/{role}/{frame}`: the planes of one frame of the `master` or the `access` copy, as bytes; what they
 *   are is in a header (domain/picture-planes.ts)
 * - `/media/passes/{passId}/report.html?language=en`: what was measured and found, as one page for a download
 * - `/media/access-certificates/{certificateId}.html?language=en`: a certificate with its stills, as one page for a download
 * - `/media/passes/{passId}/samples?measures=a,b&from=0&to=999&points=2000`: JSON {frames:[...], measures:{a:{min,mean,max}}}
 */
export const contract = {
  tapes: tapesContract,
  capture: captureContract,
  passes: passesContract,
  qc: qcContract,
  compare: compareContract,
  review: reviewContract,
  batches: batchesContract,
  log: logContract,
  station: stationContract,
  live: liveContract,
};

export type Contract = typeof contract;
