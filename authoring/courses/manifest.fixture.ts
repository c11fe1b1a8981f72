type More = {
  /** In the item. */
  readonly item?: string;
  /** In the resources besides its own. */
  readonly resources?: string;
  readonly items?: string;
  readonly href?: string;
  readonly base?: string;
  readonly parameters?: string;
  readonly type?: 'sco' | 'asset';
};

/** Of one SCO, as the standard writes it. */
export function manifest12({ item = '', items = '', resources = '', href = 'index.html', ...more }: More = {}): string {
  const { base = '', parameters, type = 'sco' } = more;
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="M" version="1.0" xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata><schema>ADL SCORM</schema><schemaversion>1.2</schemaversion></metadata>
  <organizations default="O">
    <organization identifier="other"><title>别的</title><item identifier="X" identifierref="none"/></organization>
    <organization identifier="O"><title>课</title>
      <item identifier="I1" identifierref="R1"${parameters === undefined ? '' : ` parameters="${parameters}"`}><title>第一节</title>${item}</item>${items}
    </organization>
  </organizations>
  <resources><resource identifier="R1" type="webcontent" adlcp:scormtype="${type}" href="${href}"${base && ` xml:base="${base}"`}><file href="${href}"/></resource>${resources}</resources>
</manifest>`;
}

export function manifest2004({
  item = '',
  items = '',
  resources = '',
  href = 'index.html',
  type = 'sco',
}: More = {}): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="M" version="1" xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_v1p3" xmlns:imsss="http://www.imsglobal.org/xsd/imsss">
  <metadata><schema>ADL SCORM</schema><schemaversion>2004 4th Edition</schemaversion></metadata>
  <organizations default="O">
    <organization identifier="O"><title>课</title>
      <item identifier="I1" identifierref="R1"><title>第一节</title>${item}</item>${items}
    </organization>
  </organizations>
  <resources><resource identifier="R1" type="webcontent" adlcp:scormType="${type}" href="${href}"><file href="${href}"/></resource>${resources}</resources>
</manifest>`;
}
