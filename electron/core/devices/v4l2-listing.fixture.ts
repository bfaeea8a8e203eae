/** A webcam. Source: mpromonet/v4l2rtspserver issue 177. */
export const v4l2FormatsWebcam = `[video4linux2,v4l2 @ 0x105d1c0] Compressed:       mjpeg :          Motion-JPEG : 2592x1944 1280x960 1024x768 640x480 1280x720 1600x1200 2048x1536 800x600 1920x1080
[video4linux2,v4l2 @ 0x105d1c0] Raw       :     yuyv422 :           YUYV 4:2:2 : 2592x1944 1280x960 1024x768 640x480 1280x720 1600x1200 2048x1536 800x600 1920x1080
/dev/video0: Immediate exit requested
`;

/**
 * An analogue grabber (stk1160 delivers UYVY only; em28xx more). Written from libavdevice/v4l2.c (list_formats is the same in
 * 5.1, 6.1 and 7.1) and the kernel's descriptions.
 */
export const v4l2FormatsGrabber = `[video4linux2,v4l2 @ 0x55d0c8a0e900] Raw       :     uyvy422 :           UYVY 4:2:2 : 720x576
[video4linux2,v4l2 @ 0x55d0c8a0e900] Raw       :     yuyv422 :           YUYV 4:2:2 : Emulated : {48-720, 4}x{32-576, 2}
[video4linux2,v4l2 @ 0x55d0c8a0e900] Raw       : Unsupported :    16 bpp YVU 4:1:1 :
/dev/video0: Immediate exit requested
`;

/** The same from ffmpeg 8, which ends by what the input says. */
export const v4l2FormatsGrabber8 = `[video4linux2,v4l2 @ 0x5581d9c2ac40] Raw       :     uyvy422 :           UYVY 4:2:2 : 720x576
[in#0 @ 0x5581d9c2a680] Error opening input: Immediate exit requested
Error opening input file /dev/video0.
`;

/** Written from libavdevice/v4l2.c, list_standards, with the kernel's ids (videodev2.h) and a saa7134's names. */
export const v4l2Standards = `[video4linux2,v4l2 @ 0x55d0c8a0e900]  0,             b000, NTSC
[video4linux2,v4l2 @ 0x55d0c8a0e900]  1,               ff, PAL
[video4linux2,v4l2 @ 0x55d0c8a0e900]  2,              800, PAL-60
[video4linux2,v4l2 @ 0x55d0c8a0e900]  3,           ff0000, SECAM
/dev/video0: Immediate exit requested
`;
