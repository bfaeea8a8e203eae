/** Shortened from MediaArea/MediaInfoLib issue 575 (schema 0.2). */
export const mediaconchImplementation = `<?xml version="1.0" encoding="UTF-8"?>
<MediaConch xmlns="https://mediaarea.net/mediaconch" version="0.2" verbosity="5">
  <media ref="out &amp; about.mkv">
    <implementationChecks checks_run="18" fail_count="1" pass_count="17">
      <name>MediaConch EBML Implementation Checker</name>
      <check icid="EBML-ELEM-START" version="1" tests_run="1" fail_count="0" pass_count="1">
        <context name="Required First Element of an EBML Document">EBML</context>
        <test outcome="pass">
          <value name="EBML" offset="0" context="/EBML[1]" formatid="0x1A45DFA3">[47 bytes]</value>
        </test>
      </check>
      <check icid="MKV-SEEK-RESOLVE" version="1">
        <context name="Offset of First Segment Element">59</context>
        <test outcome="pass"><value offset="68" name="SeekID">0x1549A966</value></test>
        <test outcome="fail" reason="The Seek Element at 482161284 octets references an Element that is not there.">
          <value offset="482161287" name="SeekID">0x1F43B675</value>
          <value offset="482161294" name="SeekPosition">4645130</value>
        </test>
      </check>
      <check icid="IS_FFV1" version="1"><test outcome="n/a" reason="Not recognized"/></check>
    </implementationChecks>
  </media>
  <media ref="second.mkv"/>
</MediaConch>
`;

/** The forms of policies: checks with tests (schema 0.1), and rules within policies (0.3). */
export const mediaconchPolicies = `<MediaConch xmlns="https://mediaarea.net/mediaconch" version="0.3">
  <media ref="tape.mkv">
    <policyChecks>
      <check name="Video Height equals 486 (pixels)">
        <context field="Height" value="486"/>
        <test tracktype="Video" trackid="1" actual="540" outcome="fail" reason="is not equal"/>
      </check>
    </policyChecks>
    <policy name="House rules" type="and" outcome="fail">
      <policy name="Video" type="or" outcome="fail">
        <rule name="Is it FFV1?" requested="FFV1" actual="AVC" outcome="fail"/>
        <rule name="Is it 10 bit?" requested="10" actual="10" outcome="pass"/>
      </policy>
    </policy>
  </media>
</MediaConch>
`;

/** Of MediaConch 23.03 on a master of ours (192x144, 25 frames a second) by a policy made for this, shortened. */
export const mediaconchOwnPolicy = `<MediaConch xmlns="https://mediaarea.net/mediaconch" xmlns:mmt="https://mediaarea.net/micromediatrace" xmlns:mi="https://mediaarea.net/mediainfo" version="0.3">
  <media ref="tape.mkv">
    <policy name="House" type="and" rules_run="5" pass_count="2" info_count="1" warn_count="1" fail_count="1" outcome="fail">
      <description>x</description>
      <policy name="Video" type="or" rules_run="2" pass_count="1" info_count="0" warn_count="0" fail_count="1" outcome="pass">
        <rule name="Is it FFV1?" value="Format" tracktype="Video" occurrence="*" operator="=" outcome="pass"/>
        <rule name="Is it AVC?" value="Format" tracktype="Video" occurrence="*" operator="=" requested="AVC" actual="FFV1" outcome="fail"/>
      </policy>
      <rule name="Width is 720" value="Width" tracktype="Video" occurrence="*" operator="=" requested="720" actual="192" outcome="fail"/>
      <rule name="Height is 576" value="Height" tracktype="Video" occurrence="*" operator="=" level="info" requested="576" actual="144" outcome="info"/>
      <rule name="Is it Matroska?" value="Format" tracktype="General" occurrence="*" operator="=" outcome="pass"/>
      <rule name="Rate is 29.97" value="FrameRate" tracktype="Video" occurrence="*" operator="=" level="warn" requested="29.970" actual="25.000" outcome="warn"/>
    </policy>
  </media>
</MediaConch>
`;
