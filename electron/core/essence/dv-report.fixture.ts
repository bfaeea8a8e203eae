const head = (version: string) => `<?xml version="1.0" encoding="UTF-8"?>
<dvrescue xmlns="https://mediaarea.net/dvrescue" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="https://mediaarea.net/dvrescue https://mediaarea.net/dvrescue/dvrescue.xsd" version="1.2.1">
	<creator>
		<program>dvrescue</program>
		<version>${version}</version>
		<library version="24.06">MediaInfoLib</library>
	</creator>
`;

/** Frames with errors in video and audio, and one that jumps. Source: mipops/dvrescue issues 122 and 284, shortened. */
export const dvReportWithErrors = `${head('24.07')}	<media ref="tape &amp; co.dv" format="DV" size="480000">
		<frames count="30" pts="00:00:00.000000" end_pts="00:00:01.001000" size="720x480" video_rate="30000/1001" chroma_subsampling="4:1:1" aspect_ratio="4/3" audio_rate="32000" channels="4">
			<frame n="0" pos="0" pts="00:00:00.000000" tc="00:07:44;16" rdt="2000-13-30 18:46:00" rec_end="1" seqn="4"/>
			<frame n="1" pos="120000" pts="00:00:00.033367" tc="00:07:44;17">
				<dseq n="0">
					<sta t="10" n="135"/>
				</dseq>
				<dseq n="3">
					<sta t="10" n="135"/>
					<aud n="9"/>
				</dseq>
				<sta t="2" n="4" n_even="0"/>
				<sta t="10" n="270" n_even="135"/>
				<aud n="9" n_even="0"/>
			</frame>
			<frame n="14" pos="1680000" pts="00:00:00.467133" abst="132" abst_nc="1" tc="00:00:04:02" tc_nc="1" rdt="2008-11-14 13:02:43" rdt_nc="1" seqn="0"/>
			<frame n="29" pos="3480000" pts="00:00:00.967633" tc="00:00:04;17" seqn="F"/>
		</frames>
		<frames count="2" pts="00:00:01.001000" end_pts="00:00:01.067733" size="720x480" audio_rate="48000" channels="2">
			<frame n="30" pos="3600000" pts="00:00:01.001000" full_conceal="1"/>
			<frame n="31" pos="3720000" pts="00:00:01.034367" full_conceal_aud="1"/>
		</frames>
	</media>
</dvrescue>
`;

/** Seven seconds without anything to say. Source: mipops/dvrescue issue 352. */
export const dvReportClean = `${head('0.20.11.20210901')}	<media ref="unpackaged_930D1BC4-7DB5-4ECA-873D-01BBEF5647B0.dv" format="DV" size="26040000">
		<frames count="217" pts="00:00:00.000000" end_pts="00:00:07.240566" size="720x480" video_rate="30000/1001" chroma_subsampling="4:1:1" aspect_ratio="4/3" audio_rate="48000" channels="2">
			<frame n="0" pos="0" pts="00:00:00.000000" abst="667870" tc="00:37:08;15" rdt="2002-10-25 10:00:51" rec_start="1" seqn="3"/>
			<frame n="216" pos="25920000" pts="00:00:07.207200" abst="670030" tc="00:37:15;21" rdt="2002-10-25 10:00:58" seqn="3"/>
		</frames>
	</media>
</dvrescue>
`;

/** What is written for something else. Written from Source/Common/Output_Xml.cpp. */
export const dvReportOfOther = `${head('24.07')}	<media ref="film.mov" error="not DV"/>
</dvrescue>
`;
