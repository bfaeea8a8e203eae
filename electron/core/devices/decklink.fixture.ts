/*
 * What ffmpeg says about DeckLink cards. Recorded texts name the issue they were posted in; the others were written from the
 * sources that are named, in the form that ffmpeg 5.1 was seen to print for its other devices on a machine without a card.
 */

/** ffmpeg from git, March 2020 (libavdevice 58.9): no media types yet. Recorded: an Intensity Pro 4K on Linux. */
export const sourcesOf2020 = `Auto-detected sources for decklink:
  75:0a4aa32e:00000000 [Intensity Pro 4K]
`;
/** Recorded: mipops/dvrescue issue 698, ffmpeg-dl 5.1 or 6 on macOS. Media types are never filled in for DeckLink there. */
export const sources51 = `Auto-detected sources for decklink:
  59:00000000:003bc300 [UltraStudio Express] (none)
`;
/** Shortened from what two other programs hold as the answer of ffmpeg 8; the third line is ours, for its colon and brackets. */
export const sources8 = `Auto-detected sources for decklink:
  75:05326625:00000000 [DeckLink Duo 2 (1)] (video, audio)
  75:05326625:00000001 [DeckLink Duo 2 (2)] (video, audio)
* 65:3ce2f04c:00000000 [DeckLink: 4K [Extreme]] (none)
`;
/** Two cards that share a name: written from decklink_common.cpp, where the driver numbers only channels of one card. */
export const sourcesOfTwins = `Auto-detected sources for decklink:
  75:0a4aa32e:00000000 [DeckLink Mini Recorder] (none)
  75:0b11c201:00000000 [DeckLink Mini Recorder] (none)
`;
/** No driver: decklink_common.cpp (ff_decklink_list_devices) and fftools' print_device_sources. */
export const noDriver = `[decklink @ 0x55d3c1a4b2c0] Could not create DeckLink iterator
Auto-detected sources for decklink:
Cannot list sources: Input/output error
`;

/** \`-list_devices 1\`: decklink_common.cpp, ff_decklink_list_devices_legacy; before 2018 without "input". */
export const oldDevices = `[decklink @ 0x7fb370e0c480] Blackmagic DeckLink input devices:
[decklink @ 0x7fb370e0c480] 	'DeckLink Mini Recorder'
[decklink @ 0x7fb370e0c480] 	'Intensity Pro 4K (2)'
dummy: Immediate exit requested
`;
export const oldestDevices = oldDevices.replace(' input devices', ' devices');

/** Recorded: mipops/dvrescue issue 700, ffmpeg-dl of 2023 (shortened). */
export const formats51 = `[decklink @ 0x7fb370e0c480] Supported formats for 'UltraStudio Express':
	format_code	description
	ntsc		720x486 at 30000/1001 fps (interlaced, lower field first)
	nt23		720x486 at 24000/1001 fps
	pal 		720x576 at 25000/1000 fps (interlaced, upper field first)
	23ps		1920x1080 at 24000/1001 fps
	Hp25		1920x1080 at 25000/1000 fps
	Hi50		1920x1080 at 25000/1000 fps (interlaced, upper field first)
	hp50		1280x720 at 50000/1000 fps
UltraStudio Express: Immediate exit requested
`;
/** Recorded: the end of a listing by ffmpeg 7 on an Apple machine; the beginning as above. */
export const formats71 = `[decklink @ 0x1397d0f90] Supported formats for 'UltraStudio 4K':
	format_code	description
	ntsc		720x486 at 30000/1001 fps (interlaced, lower field first)
	pal 		720x576 at 25000/1000 fps (interlaced, upper field first)
	Hp29		1920x1080 at 30000/1001 fps
	Hi59		1920x1080 at 30000/1001 fps (interlaced, upper field first)
[in#0 @ 0x6000020d9000] Error opening input: Immediate exit requested
Error opening input file UltraStudio 4K.
`;
/** Recorded: a build of September 2026 on Windows, where the input speaks instead of its format. */
export const formats8 = `[in#0 @ 000002757f666f40] Supported formats for 'DeckLink Duo (1)':\r
        format_code     description\r
        pal             720x576 at 25000/1000 fps (interlaced, upper field first)\r
        Hp29            1920x1080 at 30000/1001 fps\r
        Hi59            1920x1080 at 30000/1001 fps (interlaced, upper field first)\r
        Hi60            1920x1080 at 30000/1000 fps (interlaced, upper field first)\r
`;

/** Recorded with issue-tracker excerpts of vrecord (406, 464) and the build of September 2026. */
export const opened51 = `[decklink @ 0x7f833806a000] Found Decklink mode 720 x 576 with rate 25.00(i)
Input #0, decklink, from 'UltraStudio Express':
  Duration: N/A, start: 0.000000, bitrate: 222731 kb/s
`;
export const opened8 = `[in#0 @ 0000022cb23e7200] Autodetected the input mode
[in#0 @ 0000022cb23e7200] Found Decklink mode 1920 x 1080 with rate 29.97(i)
[in#0 @ 0000022cb23e7200] Using 8 input audio channels
`;
export const noSignal = `[decklink @ 00000198f3a39fc0] Cannot Autodetect input stream or No signal
[in#0 @ 00000198f3a39cc0] Error opening input: I/O error
Error opening input file DeckLink Duo (3).
Error opening input files: I/O error
`;
export const busy = `[in#0 @ 000002a473257300] Found Decklink mode 1920 x 1080 with rate 29.97(i)
[in#0 @ 000002a473257300] Cannot enable video input
[in#0 @ 000002a473256f40] Error opening input: I/O error
Error opening input file DeckLink Duo (1).
`;
export const noSuchConnector = `[decklink @ 0x561af5e99340] Device does not support selected audio input.
[decklink @ 0x561af5e99340] Could not set input configuration
DeckLink Mini Recorder: Input/output error
`;
/** Written from decklink_common.cpp, ff_decklink_init_device: ENXIO, said by ffmpeg. */
export const noSuchCard = `DeckLink 8K: No such device or address
`;

/** Recorded: vrecord issue 924 (frames 1 and 14 of every capture), 744 and 863; ours carry the level as well. */
export const recorderLog = `[decklink @ 0x11f104870] [warning] Frame received (#1) - No input signal detected - Frames dropped 1
[aist#0:0/pcm_s32le @ 0x11de06a40] [warning] Guessed Channel Layout: 7.1
[decklink @ 0x11f104870] [warning] Frame received (#14) - Input returned - Frames dropped 2
[decklink @ 0x11f104870] Frame received (#18452) - No input signal detected - Frames dropped 3
[in#0 @ 0x5602d8a54a80] [warning] Frame received (#18454) - Input returned - Frames dropped 4
[decklink @ 0x152f04830] [warning] Decklink input buffer overrun!
    Last message repeated 1706 times
[libx264 @ 0x1] [info] frame I:10
`;
