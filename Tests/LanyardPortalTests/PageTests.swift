import HTTPTypes
import HummingbirdTesting
import LanyardDomain
import LanyardTesting
import LanyardTexts
import NIOCore
import Testing

@testable import LanyardPortal

@Suite("The pages that everybody may read")
struct PageTests {
  private static let forum = "/\(SampleData.forum)"
  private static let open = [
    "/", forum, "\(forum)?day=2024-05-28&track=workshops", "\(forum)/sessions/s001", "\(forum)/register",
    "\(forum)/register/sent", "\(forum)/link", "\(forum)/link/sent", "\(forum)/privacy", "\(forum)/help",
    "\(forum)/verify/abc",
  ]

  @Test("Are there in every language, small, in its direction, and with nothing left out", arguments: Language.allCases)
  func languages(language: Language) async throws {
    try await PortalHarness.run { portal in
      for path in Self.open {
        let answer = try await portal.browser(language.tag).get(path)
        #expect(answer.status == 200, "\(path)")
        #expect(answer.header("Content-Language") == language.tag, "\(path)")
        #expect(
          answer.text.contains("<html lang=\"\(language.tag)\" dir=\"\(language.isRightToLeft ? "rtl" : "ltr")\">")
        )
        #expect(answer.text.utf8.count < 50_000, "\(path) has \(answer.text.utf8.count) bytes")
        #expect(!answer.text.contains("{{") && !answer.text.contains("Optional("), "\(path)")
        #expect(answer.text.contains("<h1"), "\(path)")
      }
    }
  }

  @Test("Have headers that keep everything else out")
  func headers() async throws {
    try await PortalHarness.run { portal in
      for path in Self.open + ["/nowhere", "\(Self.forum)/nowhere", "/health", "\(Self.forum)/me"] {
        let answer = try await portal.browser().get(path)
        let policy = try #require(answer.header("Content-Security-Policy"), "\(path)")
        #expect(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(answer.header("Strict-Transport-Security") != nil)
        #expect(answer.header("X-Content-Type-Options") == "nosniff")
        #expect(answer.header("Referrer-Policy") == "no-referrer")
        #expect(answer.header("Cross-Origin-Opener-Policy") == "same-origin")
        #expect(
          !answer.text.contains("style=") && !answer.text.contains(" onclick") && !answer.text.contains("http://")
        )
      }
    }
  }

  @Test("Say what the event is, how many places are left, and each session of the day")
  func event() async throws {
    try await PortalHarness.run { portal in
      let answer = try await portal.browser().get(Self.forum)
      #expect(answer.text.contains("31 May 2024"))
      #expect(answer.text.contains("3000 places left"))
      #expect(answer.text.contains("\(Self.forum)/register"))
      #expect(answer.text.contains("\(Self.forum)/sessions/s001"))
      #expect(answer.text.contains("<time datetime=\"2024-05-27T"))
      let other = try await portal.browser().get("\(Self.forum)?day=2024-05-28")
      #expect(!other.text.contains("\(Self.forum)/sessions/s001\""))
      #expect(other.text.contains("aria-current=\"date\">Tue<b>28</b>"))
      let list = try await portal.browser().get("/")
      #expect(list.text.contains("href=\"\(Self.forum)\""))
    }
  }

  @Test("Go by the language that was chosen, else the browser's, else the event's")
  func choice() async throws {
    try await PortalHarness.run { portal in
      let browser = portal.browser("fr")
      #expect(try await browser.get(Self.forum).header("Content-Language") == "fr")
      let chosen = try await browser.get("\(Self.forum)?lang=ar")
      #expect(chosen.header("Content-Language") == "ar")
      #expect(
        chosen.headers[values: .setCookie].contains { $0.hasPrefix("__Host-language=ar; Path=/; Secure; HttpOnly") }
      )
      #expect(try await browser.get(Self.forum).header("Content-Language") == "ar")
      #expect(try await portal.browser("de").get(Self.forum).header("Content-Language") == "en")
      #expect(try await portal.browser().get("\(Self.forum)?lang=xx").header("Content-Language") == "en")
      #expect(chosen.header("Vary")?.contains("Accept-Language") == true)
    }
  }

  @Test("Say that a page is not there, in the visitor's language, and which one is")
  func notThere() async throws {
    try await PortalHarness.run { portal in
      for path in [
        "/nowhere", "/no.where", "\(Self.forum)/nowhere", "\(Self.forum)/sessions/none", "/a/b/c/d/e",
        "//evil.example/x",
      ] {
        let answer = try await portal.browser("fr").get(path)
        #expect(answer.status == 404, "\(path)")
        #expect(answer.text.contains("Cette page n’existe pas"), "\(path)")
        #expect(answer.header("Cache-Control") == "no-store")
        #expect(!answer.text.contains("href=\"//"))
      }
    }
  }

  @Test("Say on every page that it is a rehearsal")
  func rehearsal() async throws {
    try await PortalHarness.run(isRehearsal: true) { portal in
      for path in Self.open {
        let answer = try await portal.browser().get(path)
        #expect(answer.text.contains("class=\"rehearsal\""))
      }
    }
  }

  @Test("Refer to files by their content, which browsers keep for ever")
  func assets() async throws {
    try await PortalHarness.run { portal in
      let page = try await portal.browser().get("/")
      let assets = page.text.matches(of: /(?:href|src)="(\/assets\/[^"]+)"/).map { String($0.output.1) }
      #expect(assets.count == 3)
      for asset in assets {
        let answer = try await portal.browser().get(asset)
        #expect(answer.status == 200 && answer.header("Cache-Control")?.contains("immutable") == true, "\(asset)")
        #expect(answer.headers[values: .setCookie].isEmpty)
      }
      #expect(try await portal.browser().get("/assets/lanyard.0000000000000000.css").status == 404)
      let worker = try await portal.browser().get(Assets().worker.path)
      #expect(worker.header("Service-Worker-Allowed") == "/")
      #expect(Assets().styleSheet.content.readableBytes < 16_384)
    }
  }

  @Test("Come in less room where a browser takes that, but for those with something secret")
  func compressed() async throws {
    try await PortalHarness.run { portal in
      let headers: HTTPFields = [.acceptEncoding: "br, gzip;q=0.8"]
      for path in [Self.forum, Assets().styleSheet.path] {
        let bytes = try await portal.client.executeRequest(uri: path, method: .get, headers: headers, body: nil)
        #expect(bytes.headers[.contentEncoding] == "gzip" && bytes.body.readableBytes < 6000, "\(path)")
        #expect(bytes.body.getBytes(at: bytes.body.readerIndex, length: 2) == [0x1F, 0x8B])
      }
      #expect(try await portal.browser().get(Self.forum, headers: [.acceptEncoding: "gzip;q=0"]).text.contains("<h1"))
      let form = try await portal.browser().get("\(Self.forum)/register", headers: headers)
      #expect(form.header("Content-Encoding") == nil)
    }
  }

  @Test("Say that it failed, that sending again does no harm, and a number for who asks, where the service is gone")
  func failure() async throws {
    try await PortalHarness.withoutService { browser in
      let answer = try await browser.get(Self.forum)
      #expect(answer.status >= 500 && answer.text.contains("Algo ha fallado aquí"))
      #expect(answer.text.contains(/indique este número: [0-9a-f]{16}/))
      #expect(try await browser.get("/health").status == 503)
    }
  }

  @Test("Tell a load balancer whether the service answers")
  func health() async throws {
    try await PortalHarness.run { portal in
      let answer = try await portal.browser().get("/health")
      #expect(answer.status == 200 && answer.text == "ready\n")
    }
  }
}

@Suite("Templates")
struct TemplateTests {
  @Test("Escape what they show: each says so in its first line", arguments: TemplateLibrary.files.keys.sorted())
  func escape(name: String) throws {
    let text = String(decoding: try #require(TemplateLibrary.files[name]), as: UTF8.self)
    #expect(text.hasPrefix("{{%CONTENT_TYPE:PAGE}}\n"))
    #expect(text.contains("{{{") == (name == "frame"))
    #expect(!text.contains("{{&"))
  }

  @Test("Name sentences that there are", arguments: TemplateLibrary.files.keys.sorted())
  func sentences(name: String) throws {
    let text = String(decoding: try #require(TemplateLibrary.files[name]), as: UTF8.self)
    for match in text.matches(of: /\{\{t\.([A-Za-z]+)\}\}/) {
      #expect(Sentence.Key(rawValue: String(match.output.1)) != nil, "\(match.output.1)")
    }
  }

  @Test("Make text of marks with combining marks behind them too")
  func combining() {
    let escaped = PageEscape().escapeText("\"\u{301} <\u{338}b> & '\u{308}\0")
    // By scalars, since marks combine in what is expected as well.
    let expected = [
      "&quot;", "\u{301}", " ", "&lt;", "\u{338}", "b", "&gt;", " ", "&amp;", " ", "&#39;", "\u{308}", "\u{FFFD}",
    ]
    #expect(Array(escaped.unicodeScalars) == expected.flatMap(\.unicodeScalars))
  }
}
