/** In the style of OmegaT's defaults: one language rule a language, upper-case patterns, spaces before a break. */
export const OMEGAT_STYLE = `<?xml version="1.0" encoding="UTF-8"?>
<srx xmlns="http://www.lisa.org/srx20" version="2.0">
  <header segmentsubflows="yes" cascade="yes">
    <formathandle type="start" include="no"/>
    <formathandle type="end" include="yes"/>
    <formathandle type="isolated" include="yes"/>
  </header>
  <body>
    <languagerules>
      <languagerule languagerulename="Englisch">
        <rule break="no"><beforebreak>\\bDecree\\s+No\\.</beforebreak><afterbreak>\\s+\\d</afterbreak></rule>
        <rule break="no"><beforebreak>\\b(?:Mr|Mrs|Ms)\\.</beforebreak><afterbreak>\\s</afterbreak></rule>
      </languagerule>
      <languagerule languagerulename="Default">
        <rule break="yes"><beforebreak>[\\.\\?\\!]+["\\u201d]?</beforebreak><afterbreak>\\s</afterbreak></rule>
        <rule><beforebreak>\\n</beforebreak></rule>
      </languagerule>
    </languagerules>
    <maprules>
      <languagemap languagepattern="EN.*" languagerulename="Englisch"/>
      <languagemap languagepattern=".*" languagerulename="Default"/>
    </maprules>
  </body>
</srx>
`

/** In the style of LanguageTool: look-arounds, Unicode properties, comments, an extension of another tool. */
export const LANGUAGETOOL_STYLE = `<?xml version="1.0" encoding="UTF-8"?>
<srx xmlns="http://www.lisa.org/srx20" xmlns:okpsrx="http://okapi.sf.net/srx-extensions" version="2.0">
<header segmentsubflows="yes" cascade="yes"><okpsrx:options oneSegmentIncludesAll="no"/></header>
<body>
<languagerules>
<languagerule languagerulename="Belarusian">
<!-- initials: A. B. Surname -->
<rule break="no">
<beforebreak>(?&lt;![\\p{L}\\p{M}])\\p{Lu}\\.\\h?</beforebreak>
<afterbreak>\\p{Lu}(?:\\.|\\p{Ll})</afterbreak>
</rule>
<rule break="no">
<beforebreak><![CDATA[(?<=\\s|^)(?:г|вул)\\.\\s]]></beforebreak>
<afterbreak>(?=[\\p{Lu}\\d])</afterbreak>
</rule>
</languagerule>
<languagerule languagerulename="Default">
<rule break="yes">
<beforebreak>[.?!\\u2026]+['"\\p{Pf}]*\\s</beforebreak>
<afterbreak>[\\p{Pi}"\\-]*(?:\\p{Lu}|\\p{N})</afterbreak>
</rule>
</languagerule>
</languagerules>
<maprules>
<languagemap languagepattern="be.*" languagerulename="Belarusian"/>
<languagemap languagepattern=".*" languagerulename="Default"/>
</maprules>
</body>
</srx>
`

/** SRX 1.0: no name space, and the maps one level further down. */
export const SRX_1 = `<?xml version="1.0"?>
<srx version="1.0">
<header segmentsubflows="no"><formathandle type="start" include="yes"/></header>
<body>
<languagerules>
<languagerule languagerulename="Default">
<rule break="yes"><beforebreak>[.?!]</beforebreak><afterbreak>\\s</afterbreak></rule>
</languagerule>
</languagerules>
<maprules>
<maprule maprulename="Default"><languagemap languagepattern=".*" languagerulename="Default"/></maprule>
</maprules>
</body>
</srx>
`
