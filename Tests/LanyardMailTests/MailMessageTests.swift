import Foundation
import LanyardDomain
import LanyardTesting
import Testing

@testable import LanyardMail

@Suite("A message", .blocking)
struct MailMessageTests {
  private static let now = SampleData.firstMorning

  private static func event() throws -> Event {
    var event = try SampleData.programme().events[1].event
    event.mail.contact = "desk@forum.example.org"
    return event
  }

  private static func message(
    _ kind: MailKind = .confirmed,
    _ beside: MailLetter.Circumstances = .init(),
    _ edit: (inout RegistrationForm) -> Void = { _ in }
  ) throws -> MailMessage {
    let event = try event()
    var form = SampleData.person(1)
    edit(&form)
    let registration = Registration(
      id: "r",
      event: event.slug,
      state: .confirmed,
      details: try form.validated(for: event),
      createdAt: now,
      updatedAt: now,
      revision: 1
    )
    let letter = MailLetter(kind, of: registration, event, beside)
    return MailMessage(
      from: MailAddress(name: "Forum", "noreply@forum.example.org"),
      to: MailAddress(name: registration.details.displayName, registration.details.email),
      replyTo: MailAddress(event.mail.contact),
      messageID: "abc.1@forum.example.org",
      date: now,
      letter: letter
    )
  }

  @Test(
    "Is read by another as it was meant, names in any script",
    arguments: [
      ("زهراء", "المنصوري", "ar"), ("丽华", "欧阳", "zh-Hans"), ("Наталья", "Щербакова-Ющенко", "ru"),
      ("José María", "de la Fuente y Núñez", "es"), ("O'Brien, \"Pat\" <x@y>", "Smith; Jones", "en"),
      (String(repeating: "Wolfeschlegelstein", count: 3), "von Hausenbergerdorff", "fr"),
    ]
  )
  func names(given: String, family: String, language: String) throws {
    let message = try Self.message { ($0.givenName, $0.familyName, $0.language) = (given, family, language) }
    let bytes = try message.bytes()
    let read = try ReadMail(bytes)
    #expect(read.defects == [])
    #expect(read.to == [[message.to.name, message.to.address]])
    #expect(read.from == [["Forum", "noreply@forum.example.org"]])
    #expect(read.replyTo == [["", "desk@forum.example.org"]])
    #expect(read.subject == message.letter.subject)
    #expect(read.messageID == "<abc.1@forum.example.org>")
    #expect(read.date == "2024-05-27T06:30:00Z" && read.auto == "auto-generated")
    #expect(read.language == Language(tag: language)?.tag)
    #expect(read.parts.map(\.type) == ["text/plain", "text/html"])
    #expect(read.parts[0].text == message.letter.text && read.parts[1].text == message.letter.html)
    #expect(read.parts[0].text?.contains(message.to.name) == true)
    // As RFC 5321 wants them: lines end in CRLF, none is longer than 998 bytes, and all is ASCII.
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    #expect(lines.dropLast().allSatisfy { $0.last == UInt8(ascii: "\r") })
    #expect(lines.allSatisfy { $0.count < 999 && $0.allSatisfy { $0 < 0x80 } })
  }

  @Test("Lets nobody add a header or a tag, whatever their name is")
  func hostile() throws {
    var message = try Self.message { $0.organisation = "<script>alert(1)</script> & \"sons\"" }
    message.to = MailAddress(name: "Eve\r\nBcc: all@example.org\u{2028}X-Evil: yes", message.to.address)
    message.letter.subject = "Hello\nBcc: all@example.org"
    let read = try ReadMail(message.bytes())
    #expect(!read.names.contains { ["bcc", "x-evil"].contains($0.lowercased()) })
    #expect(read.to.count == 1 && read.to[0][1] == message.to.address)
    let html = try #require(read.parts[1].text)
    #expect(!html.contains("<script>") && html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;sons&quot;"))
  }

  @Test("Goes to an address in another script, its domain in ASCII")
  func otherScript() throws {
    var message = try Self.message()
    message.to = MailAddress(name: "Jörg", "joerg@bücher.example")
    #expect(String(decoding: try message.bytes(), as: UTF8.self).contains("<joerg@xn--bcher-kva.example>"))
  }

  @Test("Says all that it has to in each language", arguments: Language.allCases, MailKind.allCases)
  func languages(language: Language, kind: MailKind) throws {
    var beside = MailLetter.Circumstances()
    (beside.place, beside.reason, beside.link) = (7, "Too late <b>", "https://forum.example.org/me/x?a=1&b=2")
    (beside.badge, beside.hasPicture, beside.hasCalendar) = (.notActivated, true, true)
    let letter = try Self.message(kind, beside) { ($0.language, $0.givenName) = (language.tag, "Zahra") }.letter
    #expect(letter.language == language && !letter.subject.isEmpty)
    #expect(letter.html.contains("lang=\"\(language.tag)\" dir=\"\(language == .arabic ? "rtl" : "ltr")\""))
    let hasLink = kind != .rejected && kind != .cancelled
    #expect(letter.text.contains("https://forum.example.org/me/x?a=1&b=2") == hasLink)
    #expect(letter.html.contains("href=\"https://forum.example.org/me/x?a=1&amp;b=2\"") == hasLink)
    #expect(letter.text.contains("Too late <b>") == (kind == .rejected))
    #expect(letter.html.contains("Too late &lt;b&gt;") == (kind == .rejected))
    // Nobody says anything to a stranger by typing it as a name.
    #expect(letter.text.contains("Zahra") == (kind != .verifyAddress))
    for text in [letter.subject, letter.text] { #expect(!text.contains("{") && !text.contains("mail.")) }
  }

  @Test("Brings the sessions that are booked as a calendar, at the times of their places, and a picture")
  func calendar() throws {
    let event = try Self.event()
    let zurich = try #require(ZoneID(rawValue: "Europe/Zurich"))
    let tokyo = try #require(ZoneID(rawValue: "Asia/Tokyo"))
    func session(_ code: String, _ zone: ZoneID, _ start: Int64, _ title: String) -> Session {
      let begin = Instant(seconds: start)
      let span = begin..<(begin + .seconds(5400))
      var session = Session(
        code: code,
        title: LocalizedText(title),
        span: span,
        timeZone: zone,
        room: "Room A; 1, 2",
        checkpoint: "a"
      )
      session.city = "Genève"
      return session
    }
    // Before and after the clocks change on 27 October 2024 at 01:00 UTC.
    let sessions = [
      session("S1", zurich, 1_729_936_800, "Открытие, часть 1; 開会"), session("S2", zurich, 1_730_109_600, "B"),
      session("S3", tokyo, 1_729_936_800, String(repeating: "long words ", count: 18)),
    ]
    let text = MailCalendar.text(of: sessions, event: event, in: .english, domain: "forum.example.org", at: Self.now)
    #expect(text.split(separator: "\r\n").allSatisfy { $0.utf8.count <= 75 })
    var message = try Self.message(.badgeReady)
    message.attachments = [.calendar("sessions.ics", text), .png("badge.png", [0x89, 0x50, 0x4E, 0x47, 0, 13, 10])]
    let read = try ReadMail(message.bytes())
    #expect(read.defects == [])
    #expect(read.parts.map(\.type) == ["text/plain", "text/html", "text/calendar", "image/png"])
    #expect(read.parts.map(\.filename) == [nil, nil, "sessions.ics", "badge.png"])
    #expect(read.parts[2].parameters["method"] == "PUBLISH" && read.parts[2].method == "PUBLISH")
    let zurichs = [["+0200", "+0200"], ["+0200", "+0100"]]
    #expect(read.parts[2].offsets == ["Asia/Tokyo": [["+0900", "+0900"]], "Europe/Zurich": zurichs])
    let events = try #require(read.parts[2].events)
    #expect(events.map(\.uid) == ["s1", "s2", "s3"].map { "session-\($0).\(event.slug)@forum.example.org" })
    #expect(events.map(\.start) == ["2024-10-26T10:00:00Z", "2024-10-28T10:00:00Z", "2024-10-26T10:00:00Z"])
    #expect(events.map(\.end) == ["2024-10-26T11:30:00Z", "2024-10-28T11:30:00Z", "2024-10-26T11:30:00Z"])
    #expect(events[0].summary == "Открытие, часть 1; 開会" && events[0].location == "Room A; 1, 2, Genève")
    #expect(read.parts[3].size == 7)
  }
}
