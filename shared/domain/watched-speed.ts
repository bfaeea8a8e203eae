/** Own: above this a person looks for a place and does not watch. Twice the speed and a little more, since screens do not tick evenly. */
export const fastestWatched = 2.2;
