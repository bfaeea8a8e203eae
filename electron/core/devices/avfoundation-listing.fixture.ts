/** ffmpeg of 2020 with a DV deck, and a driver that talks in between. Source: mipops/dvrescue pull 67, shortened. */
export const avfoundationDevices4 = `2020-04-29 10:43:54.878 ffmpeg[56121:3721878] DN: CamTwist (2VUY)
2020-04-29 10:43:54.878 ffmpeg[56121:3721878] 0
[AVFoundation indev @ 0x7fe73bc22200] AVFoundation video devices:
[AVFoundation indev @ 0x7fe73bc22200] [0] CamTwist
[AVFoundation indev @ 0x7fe73bc22200] [1] FaceTime HD Camera (Built-in)
[AVFoundation indev @ 0x7fe73bc22200] [2] CamTwist (2VUY)
[AVFoundation indev @ 0x7fe73bc22200] [3] DV-VCR
[AVFoundation indev @ 0x7fe73bc22200] [4] Capture screen 0
[AVFoundation indev @ 0x7fe73bc22200] AVFoundation audio devices:
[AVFoundation indev @ 0x7fe73bc22200] [0] Description
[AVFoundation indev @ 0x7fe73bc22200] [1] Jaybird Tarah Pro
[AVFoundation indev @ 0x7fe73bc22200] [2] Built-in Microphone
hi: Input/output error
`;

/** ffmpeg 5.1 and 6.1 list alike. Written from libavdevice/avfoundation.m; the last line is theirs. */
export const avfoundationDevices6 = `[AVFoundation indev @ 0x13f704a80] AVFoundation video devices:
[AVFoundation indev @ 0x13f704a80] [0] USB Video
[AVFoundation indev @ 0x13f704a80] [1] Capture screen 0
[AVFoundation indev @ 0x13f704a80] [2] Capture screen 1
[AVFoundation indev @ 0x13f704a80] AVFoundation audio devices:
[AVFoundation indev @ 0x13f704a80] [0] USB Digital Audio
[AVFoundation indev @ 0x13f704a80] [1] MacBook Pro Microphone
: Input/output error
`;

/** ffmpeg 7.1 and 8: the input says the end. Last lines as in ChurchPresenter issue 431. */
export const avfoundationDevices8 = `[AVFoundation indev @ 0x7fc4e2904a40] AVFoundation video devices:
[AVFoundation indev @ 0x7fc4e2904a40] [0] Intensity Shuttle
[AVFoundation indev @ 0x7fc4e2904a40] AVFoundation audio devices:
[in#0 @ 0x7fc4e2904440] Error opening input: Input/output error
Error opening input file .
Error opening input files: Input/output error
`;

/** Answer to a size the device does not have. Written from avfoundation.m, configure_video_device. */
export const avfoundationModes = `[avfoundation @ 0x7fb1c2008200] Selected video size (2x2) is not supported by the device.
[avfoundation @ 0x7fb1c2008200] Supported modes:
[avfoundation @ 0x7fb1c2008200]   720x576@[25.000000 25.000000]fps
[avfoundation @ 0x7fb1c2008200]   720x576@[25.000000 25.000000]fps
[avfoundation @ 0x7fb1c2008200]   720x480@[29.970030 29.970030]fps
[in#0 @ 0x7fb1c2007e00] Error opening input: Input/output error
`;
