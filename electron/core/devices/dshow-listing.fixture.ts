/** ffmpeg 4: headings, no media behind names. Source: wang-bin/QtAV issue 755, shortened. */
export const dshowDevices4 = String.raw`[dshow @ 000000000065c500] DirectShow video devices (some may be both video and audio devices)
[dshow @ 000000000065c500]  "USB 2861 Device"
[dshow @ 000000000065c500]     Alternative name "@device_pnp_\\?\usb#vid_eb1a&pid_5051&mi_00#6&1298c10a&0&0000#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\{54353d15-e717-4d94-b574-685ce1a209e9}"
[dshow @ 000000000065c500] DirectShow audio devices
[dshow @ 000000000065c500]  "Headset Microphone (Cirrus Logic CS4208 (AB 94))"
[dshow @ 000000000065c500]     Alternative name "@device_cm_{33D9A762-90C8-11D0-BD43-00A0C911CE86}\wave_{236214EE-E87B-4088-895B-523B69D536D0}"
dummy: Immediate exit requested
`;

/** ffmpeg 5.1: media behind names. Written from libavdevice/dshow.c of release/5.1; names as in common grabbers. */
export const dshowDevices51 = String.raw`[dshow @ 0000023e8a7c1e40] "USB2.0 VIDBOX NW07" (video)
[dshow @ 0000023e8a7c1e40]   Alternative name "@device_pnp_\\?\usb#vid_eb1a&pid_5188&mi_00#7&2b3c#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\global"
[dshow @ 0000023e8a7c1e40] "OBS Virtual Camera" (none)
[dshow @ 0000023e8a7c1e40]   Alternative name "@device_sw_{860BB310-5D01-11D0-BD3B-00A0C911CE86}\{A3FCE0F5-3493-419F-958A-ABA1250EC20B}"
[dshow @ 0000023e8a7c1e40] "Line (USB2.0 VIDBOX NW07)" (audio)
[dshow @ 0000023e8a7c1e40]   Alternative name "@device_cm_{33D9A762-90C8-11D0-BD43-00A0C911CE86}\wave_{6DAD5C2E-3E1C-4C4B-8C0E-1F6F0D0F7E11}"
dummy: Immediate exit requested
`;

/** ffmpeg 6.1 and 7.1: one filter with both media. Written from libavdevice/dshow.c (7.1: dshow_cycle_devices). */
export const dshowDevices71 = String.raw`[dshow @ 000001f4c5a3b0c0] "Hauppauge Cx23100 Video Capture" (audio, video)
[dshow @ 000001f4c5a3b0c0]   Alternative name "@device_pnp_\\?\usb#vid_2040&pid_c200#0012345678#{65e8773d-8f56-11d0-a3b9-00a0c9223196}\{9b365890-165f-11d0-a195-0020afd156e4}"
[in#0 @ 000001f4c5a3ab00] Error opening input: Immediate exit requested
Error opening input file dummy.
`;

/** ffmpeg 8.1: the first lines of a device come from the input, not from dshow. Source: ShareX/ShareX pull 8442. */
export const dshowDevices81 = String.raw`[in#0 @ 000001bd07e70b00] "screen-capture-recorder" (video)
[in#0 @ 000001bd07e70b00]   Alternative name "@device_sw_{860BB310-5D01-11D0-BD3B-00A0C911CE86}\{4EA69364-2C8A-4AE6-A561-56E4B5044439}"
[dshow @ 000002798dd4fb80] "virtual-audio-capturer" (audio)
[dshow @ 000002798dd4fb80]   Alternative name "@device_sw_{33D9A762-90C8-11D0-BD43-00A0C911CE86}\{8E146464-DB61-4309-AFA1-3578E927E935}"
`;

/** ffmpeg 5: each format twice. Source: Speykious/SeeShark issue 33, shortened; the analogue sizes are added in its form. */
export const dshowOptions5 = `[dshow @ 000001781c263740] DirectShow video device options (from video devices)
[dshow @ 000001781c263740]  Pin "Capture" (alternative pin name "0")
[dshow @ 000001781c263740]   pixel_format=yuyv422  min s=720x576 fps=25 max s=720x576 fps=25
[dshow @ 000001781c263740]   pixel_format=yuyv422  min s=720x576 fps=25 max s=720x576 fps=25
[dshow @ 000001781c263740]   pixel_format=yuyv422  min s=720x480 fps=29.97 max s=720x480 fps=29.97
[dshow @ 000001781c263740]   unknown compression type 0x3032344D  min s=720x576 fps=25 max s=720x576 fps=25
`;

/** ffmpeg 6.1 to 8: colour behind the rates. Source: SuRGeoNix/Flyleaf issue 299 and dshow.c, shortened. */
export const dshowOptions7 = `[dshow @ 00000184176a8080] DirectShow video device options (from video devices)
[dshow @ 00000184176a8080]  Pin "Capture" (alternative pin name "0")
[dshow @ 00000184176a8080]   vcodec=mjpeg  min s=640x480 fps=30 max s=640x480 fps=30
[dshow @ 00000184176a8080]   vcodec=mjpeg  min s=640x480 fps=30 max s=640x480 fps=30 (pc, bt470bg/bt709/unknown, center)
[dshow @ 00000184176a8080]   pixel_format=uyvy422  min s=720x576 fps=25 max s=720x576 fps=25 (tv, bt470bg/bt470bg/bt709, topleft)
[dshow @ 00000184176a8080] DirectShow audio only device options (from audio devices)
[dshow @ 00000184176a8080]  Pin "Capture" (alternative pin name "Capture")
[dshow @ 00000184176a8080]   ch= 2, bits=16, rate= 48000
[dshow @ 00000184176a8080]   ch= 1, bits=16, rate= 44100
[dshow @ 00000184176a8080]   ch= 2, bits=16, rate= 48000
[in#0 @ 000001841769ff00] Error opening input: Immediate exit requested
`;
