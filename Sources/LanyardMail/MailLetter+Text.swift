import LanyardDomain
import LanyardTexts

extension MailLetter {
  /// As plain text.
  package var text: String {
    var blocks = [greeting] + paragraphs
    if !rows.isEmpty { blocks.append(rows.map { "\($0.label): \($0.value)" }.joined(separator: "\n")) }
    if let action { blocks.append("\(action.label):\n\(action.address)") }
    blocks += remarks
    return blocks.joined(separator: "\n\n") + "\n\n-- \n" + footer.joined(separator: "\n") + "\n"
  }

  /// As a page that loads nothing.
  package var html: String {
    let direction = language.isRightToLeft ? "rtl" : "ltr"
    var body = "<p>\(HTMLText.escaped(greeting))</p>\n"
    for paragraph in paragraphs { body += "<p>\(HTMLText.escaped(paragraph))</p>\n" }
    if !rows.isEmpty {
      body += "<table role=\"presentation\" style=\"border-collapse:collapse;margin:16px 0\">\n"
      for row in rows {
        body += """
          <tr><td style="padding:4px 16px 4px 0;color:#555">\(HTMLText.escaped(row.label))</td>\
          <td style="padding:4px 0"><bdi>\(HTMLText.escaped(row.value))</bdi></td></tr>

          """
      }
      body += "</table>\n"
    }
    if let action {
      body += """
        <p style="margin:24px 0"><a href="\(HTMLText.escaped(action.address))" style="background:#00549f;color:#fff;padding:12px 20px;\
        border-radius:4px;text-decoration:none;display:inline-block">\(HTMLText.escaped(action.label))</a></p>
        <p style="font-size:13px;color:#555" dir="ltr">\(HTMLText.escaped(action.address))</p>

        """
    }
    for remark in remarks { body += "<p>\(HTMLText.escaped(remark))</p>\n" }
    let small = footer.map(HTMLText.escaped).joined(separator: "<br>\n")
    return """
      <!DOCTYPE html>
      <html lang="\(language.tag)" dir="\(direction)">
      <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>\(HTMLText.escaped(subject))</title></head>
      <body style="font-family:sans-serif;font-size:16px;line-height:1.5;color:#1a1a1a;max-width:600px;margin:0 auto;padding:16px">
      \(body)<p style="border-top:1px solid #ccc;margin-top:32px;padding-top:12px;font-size:13px;color:#555">\(small)</p>
      </body>
      </html>

      """
  }
}
