/** ffmpeg 4 to 5.0: no media. Source: a write-up of 2023 on an Ubuntu laptop. */
export const v4l2Sources4 = `Auto-detected sources for video4linux2,v4l2:
/dev/video1 [GENERAL WEBCAM: GENERAL WEBCAM]
/dev/video0 [GENERAL WEBCAM: GENERAL WEBCAM]
`;

/** ffmpeg 5.1 to 8: columns for the default, media behind. Form as recorded from 5.1.9 with alsa; names of a grabber. */
export const v4l2Sources51 = `Auto-detected sources for video4linux2,v4l2:
  /dev/video0 [stk1160] (video)
  /dev/video1 [HD Webcam C615 [046d:082c]] (none)
`;

/** ffmpeg 5.1.9 without any sound card, as recorded; 6.1, 7.1 and 8 print alike. */
export const alsaSources51 = `Auto-detected sources for alsa:
  null [Discard all samples (playback) or generate zero samples (capture)] (none)
`;

/** With a USB grabber, in the same form. Names as alsa-lib's hints give them. */
export const alsaSourcesGrabber = `Auto-detected sources for alsa:
  null [Discard all samples (playback) or generate zero samples (capture)] (none)
* default [Default Audio Device] (none)
  hw:CARD=PCH,DEV=0 [Direct hardware device without any conversions] (none)
  hw:CARD=stk1160mixer,DEV=0 [Direct hardware device without any conversions] (none)
  plughw:CARD=stk1160mixer,DEV=0 [Hardware device with all software conversions] (none)
`;

/** A device that cannot list, ffmpeg 5.1.9, as recorded. */
export const noSources51 = `Auto-detected sources for iec61883:
Cannot list sources: Function not implemented
`;

/** Cards and their PCM devices as Linux tells them (Documentation/sound/designs/procfile.rst). */
export const asoundCards = ` 0 [PCH            ]: HDA-Intel - HDA Intel PCH
                      HDA Intel PCH at 0xf7f10000 irq 31
 1 [stk1160mixer   ]: stk1160-mixer - stk1160
                      stk1160 ac97 codec mixer
`;
export const asoundPcm = `00-00: ALC892 Analog : ALC892 Analog : playback 1 : capture 1
00-03: HDMI 0 : HDMI 0 : playback 1
01-00: USB Audio : USB Audio : capture 1
`;
