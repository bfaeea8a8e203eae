/** Plain, quiet, and made to be printed: system letters, one column, colours that stay apart in grey. */
export const reportStyle = `
:root{color-scheme:light;--fail:#b3261e;--warn:#9a6700;--info:#4a6583;--line:#d8d8d4;--soft:#5c5c58}
*{box-sizing:border-box}
body{margin:0 auto;max-width:62rem;padding:2.5rem 1.5rem;font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:#1c1c1a;background:#fff;font-variant-numeric:tabular-nums}
header>p:first-child{margin:0;color:var(--soft);text-transform:uppercase;letter-spacing:.08em;font-size:.8rem}
h1{margin:.2rem 0 1rem;font-size:1.7rem;font-weight:600;overflow-wrap:anywhere}
.file{margin:-.6rem 0 1rem;color:var(--soft)}
h2{margin:2.6rem 0 .6rem;padding-top:.6rem;border-top:1px solid var(--line);font-size:1.2rem;font-weight:600}
h3{margin:1.6rem 0 .3rem;font-size:1rem}
p{margin:.4rem 0;max-width:46rem}
small{color:var(--soft);font-weight:400}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.5rem 1.5rem;margin:1.2rem 0}
dl.wide{grid-template-columns:1fr;gap:.3rem}dl.wide>div{display:grid;grid-template-columns:11rem 1fr;gap:1.5rem}
dl>div{min-width:0}dt{color:var(--soft);font-size:.8rem}dd{margin:0;overflow-wrap:anywhere}
.verdict{border-left:4px solid var(--info);padding:.4rem 1rem;background:#f6f6f3}
.verdict.fail{border-color:var(--fail)}.verdict.warn{border-color:var(--warn)}
figure{margin:1rem 0;break-inside:avoid}
figcaption{font-weight:600;font-size:.9rem}
svg{display:block;width:100%;height:auto}
svg text{font:10px system-ui,sans-serif;fill:#5c5c58}
.map svg text{font-size:12px}
.grid{stroke:#e4e4e0;stroke-width:1}.nominal{stroke:#9a9a94;stroke-width:.8;stroke-dasharray:5 4}
polygon{opacity:.22}polyline{fill:none;stroke-width:1.1}
polygon.l0{fill:#1b4965}polyline.l0{stroke:#1b4965}polygon.l1{fill:#3a7d7c}polyline.l1{stroke:#3a7d7c}
polygon.l2{fill:#333}polyline.l2{stroke:#222}polygon.l3{fill:#a45a1f}polyline.l3{stroke:#a45a1f}polygon.l4{fill:#8c2f39}polyline.l4{stroke:#8c2f39}
rect.fail{fill:var(--fail);opacity:.16}rect.warn{fill:var(--warn);opacity:.16}rect.info{fill:var(--info);opacity:.16}rect.solid{opacity:1}rect.b1{fill:#8c2f39;opacity:.25}rect.b2{fill:#8c2f39;opacity:.5}rect.b3{fill:#8c2f39;opacity:.75}rect.b4{fill:#8c2f39}.bands svg text{font-size:8px}rect.hollow{fill:none;stroke:var(--info);opacity:1}
.key{font-size:.8rem}.key span{margin-right:1.2rem}.key span::before{content:"";display:inline-block;width:.9em;height:.7em;margin-right:.4em;background:currentColor}.key-fail{color:var(--fail)}.key-warn{color:var(--warn)}.key-info,.key-aside{color:var(--info)}.key .key-aside::before{background:none;border:1px solid}
.legend{margin:.1rem 0 0 2.9rem;font-size:.8rem}
.legend span{margin-right:1.2rem}.legend span::before{content:"";display:inline-block;width:1.2em;height:.25em;margin-right:.4em;vertical-align:middle;background:currentColor}
.legend .l0{color:#1b4965}.legend .l1{color:#3a7d7c}.legend .l2{color:#222}.legend .l3{color:#a45a1f}.legend .l4{color:#8c2f39}
article{display:flex;gap:1.2rem;margin:.8rem 0;padding:.8rem;border:1px solid var(--line);border-left:4px solid var(--info);break-inside:avoid}
article.fail{border-left-color:var(--fail)}article.warn{border-left-color:var(--warn)}
.still{margin:0;flex:0 0 15rem}.still img{display:block;width:100%;background:#eee}.still figcaption{font-weight:400;font-size:.75rem;color:var(--soft)}
.said{margin:.3rem 0;padding-left:1.2rem}.said li{margin:.2rem 0}
.short{white-space:nowrap}.head{margin:0 0 .3rem}.tag{font-size:.8rem;color:var(--info)}.fail>div .tag,.tag.fail{color:var(--fail)}.warn>div .tag,.tag.warn{color:var(--warn)}
table{border-collapse:collapse;font-size:.85rem}
th,td{padding:.2rem .9rem .2rem 0;text-align:left;vertical-align:top;border-bottom:1px solid #ececea}
th{font-weight:500;color:var(--soft)}.number{text-align:right}
.events,.figures{width:100%}thead{display:table-header-group}tr{break-inside:avoid}
ul{padding-left:1.1rem}li{margin:.2rem 0;max-width:46rem}
details{border-top:1px solid var(--line);margin-top:.8rem}summary{cursor:pointer;padding:.5rem 0}summary h2{display:inline;border:0;margin:0;padding:0}
article h3{margin:0 0 .2rem}.limits th[scope]{padding-top:.8rem;color:inherit;font-weight:600}.people h2{border:0;margin:0;padding:0;font-size:.8rem;color:var(--soft)}.people strong{font-size:1.15rem}.people+.verdict{margin-top:.6rem}
@page{size:A4;margin:16mm 14mm}
@media print{details:not([open]):not(.printed){display:none}details.printed::details-content{content-visibility:visible;display:block;block-size:auto}summary{list-style:none}body{max-width:none;padding:0;font-size:10pt}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}h2,h3{break-after:avoid}}
@media (max-width:40rem){article{flex-direction:column}.still{flex-basis:auto}dl.wide>div{grid-template-columns:1fr;gap:0}}
`;
