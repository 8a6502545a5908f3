import Foundation
import LanyardClient
import LanyardDomain
import LanyardMail
import LanyardSQLite
import LanyardStore
import LanyardTesting
import Logging
import ServiceLifecycle
import Synchronization
import Testing

@testable import LanyardServer

@Suite("The outbox", .blocking)
struct OutboxTests {
  private static let forum = SampleData.forum
  private static let now = SampleData.firstMorning

  /// A store with an outbox that sends to a receiver.
  private struct Post: Sendable {
    let store: SQLiteStore
    let clock = ManualClock(now)

    /// Registers people who are written to, with these addresses.
    func register(_ addresses: String..., edit: (inout RegistrationForm) -> Void = { _ in }) async throws {
      let event = try await store.event(forum).event
      let rows = try addresses.enumerated().map { number, address in
        var form = SampleData.person(number + 1)
        (form.email, form.language) = (address, "en")
        edit(&form)
        return ImportRow(try form.validated(for: event))
      }
      let act = Act.test(clock.now)
      _ = try await store.importRegistrations(act, rows, for: forum, updating: false, mailing: true)
    }

    /// The mails, the earliest first.
    func mails() async throws -> [Mail] {
      let page = PageRequest(size: 100)
      return try await store.mails(of: forum, state: nil, registration: nil, page).items.reversed().map(\.mail)
    }

    /// Waits until the mails are as they should be.
    func wait(until isSo: ([Mail]) -> Bool) async throws {
      while try await !isSo(mails()) { try await Task.sleep(for: .milliseconds(20)) }
    }

    private static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// An outbox that nothing runs.
    func outbox(to port: Int, perMinute: Int = 10_000, isRehearsal: Bool = false) async throws -> Outbox {
      var settings = ServerSettings(certificatePath: "", privateKeyPath: "")
      let address = try #require(MailServerAddress("smtp://127.0.0.1:\(port)"))
      settings.mailServer = MailServer(address, sender: "noreply@forum.example.org")
      settings.mailsPerMinute = perMinute
      return try await Outbox(
        store: store,
        settings: settings,
        links: NoMailLinks(),
        clock: ServerClock(isRehearsal: isRehearsal) { [clock] in clock.now },
        logger: Self.logger
      )
    }

    /// Makes the mails that the feed asks for.
    func follow() async throws {
      while try await !store.followForMails(.test(clock.now), of: forum, limit: 500).isLast {}
    }

    /// Runs an outbox while the body runs.
    func sending(
      to port: Int,
      isRehearsal: Bool = false,
      _ body: @escaping @Sendable (Outbox) async throws -> Void
    ) async throws {
      let outbox = try await outbox(to: port, isRehearsal: isRehearsal)
      let group = ServiceGroup(
        configuration: .init(services: outbox.services.map { .init(service: $0) }, logger: Self.logger)
      )
      try await withThrowingTaskGroup(of: Void.self) { tasks in
        tasks.addTask { try await group.run() }
        defer { tasks.cancelAll() }
        try await body(outbox)
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
      }
    }
  }

  private static func withPost(
    _ options: MailReceiver.Options = .init(),
    _ body: (Post, MailReceiver) async throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      let store = try SQLiteStore(path: folder.appending(path: "lanyard.sqlite").path)
      _ = try await store.importProgramme(.test(), SampleData.programme())
      let receiver = try await MailReceiver(options)
      defer { receiver.stop() }
      try await body(Post(store: store), receiver)
    }
  }

  /// Where registrations have pages.
  private struct Pages: MailLinks {
    func address(for purpose: MailLinkPurpose, registration: String, of event: String) async throws -> String? {
      purpose == .registration ? "https://forum.example.org/me/\(registration)" : nil
    }
  }

  /// The value of a header of a message.
  private static func header(_ name: String, _ message: MailReceiver.Received) -> String {
    let text = String(decoding: message.content, as: UTF8.self)
    let line = text.split(separator: "\r\n").first { $0.lowercased().hasPrefix("\(name.lowercased()):") }
    return line.map { String($0.dropFirst(name.count + 1)).trimmingCharacters(in: .whitespaces) } ?? ""
  }

  @Test("sends each what happened to them, once")
  func sends() async throws {
    try await Self.withPost { post, receiver in
      try await post.register("one@example.org", "two@example.org")
      try await post.sending(to: receiver.port) { outbox in
        var received = receiver.received.makeAsyncIterator()
        let messages = [await received.next(), await received.next()].compactMap(\.self)
        #expect(Set(messages.flatMap(\.to)) == ["one@example.org", "two@example.org"])
        #expect(messages.allSatisfy { $0.from == "noreply@forum.example.org" })
        #expect(Set(messages.map { Self.header("Message-ID", $0) }).count == 2)
        try await post.wait { $0.allSatisfy { $0.state == .sent } }
        #expect(try await post.mails().map(\.attempts) == [1, 1])
      }
    }
  }

  @Test("tries again what was refused for a time or cut, as the same message, and says what was refused for good")
  func fails() async throws {
    try await Self.withPost { post, receiver in
      try await post.register("grey@example.org", "cut@example.org", "refuse@example.org", "spam@example.org")
      try await post.sending(to: receiver.port) { outbox in
        var received = receiver.received.makeAsyncIterator()
        let first = try #require(await received.next())
        #expect(first.to == ["cut@example.org"])
        try await post.wait { $0.filter { $0.fault == nil }.isEmpty }
        let faults = try await post.mails().map { ($0.state, $0.fault) }
        #expect(faults[0] == (.waiting, MailFault(.refused, code: 451, status: "4.7.1")))
        #expect(faults[1] == (.waiting, MailFault(.cut)))
        #expect(faults[2] == (.bounced, MailFault(.refused, code: 550, status: "5.1.1")))
        #expect(faults[3] == (.bounced, MailFault(.refused, code: 554, status: "5.7.1")))
        post.clock.advance(by: .seconds(180))
        outbox.sending.ring()
        let later = [await received.next(), await received.next()].compactMap(\.self)
        #expect(Set(later.flatMap(\.to)) == ["grey@example.org", "cut@example.org"])
        let again = try #require(later.first { $0.to == first.to })
        #expect(!Self.header("Message-ID", first).isEmpty)
        #expect(Self.header("Message-ID", again) == Self.header("Message-ID", first))
        try await post.wait { $0.filter { $0.state == .sent }.count == 2 }
      }
    }
  }

  @Test("keeps what waits while the mail server is down, and sends it once it is back")
  func down() async throws {
    try await Self.withPost { post, receiver in
      let port = receiver.port
      receiver.stop()
      try await post.register("one@example.org")
      try await post.sending(to: port) { outbox in
        try await post.wait { $0.first?.fault == MailFault(.notReached) }
        guard case .failing(MailFault(.notReached)) = outbox.sending.state else {
          Issue.record("\(outbox.sending.state)")
          return
        }
        var options = MailReceiver.Options()
        options.port = port
        let back = try await MailReceiver(options)
        defer { back.stop() }
        post.clock.advance(by: .seconds(30))
        var received = back.received.makeAsyncIterator()
        #expect(await received.next()?.to == ["one@example.org"])
        try await post.wait { $0.map(\.state) == [.sent] }
      }
    }
  }

  @Test("sends the same message again where it ended before it knew that it was taken, and nothing else twice")
  func ended() async throws {
    try await Self.withPost { post, receiver in
      try await post.register("one@example.org", "hang@example.org")
      let first = Mutex<MailReceiver.Received?>(nil)
      try await post.sending(to: receiver.port) { _ in
        var received = receiver.received.makeAsyncIterator()
        #expect(await received.next()?.to == ["one@example.org"])
        let message = await received.next()
        first.withLock { $0 = message }
      }
      #expect(try await post.mails().map(\.state) == [.sent, .waiting])
      var answering = MailReceiver.Options()
      answering.hangs = false
      let other = try await MailReceiver(answering)
      defer { other.stop() }
      post.clock.advance(by: .seconds(3600))
      try await post.sending(to: other.port) { _ in
        var received = other.received.makeAsyncIterator()
        let again = try #require(await received.next())
        #expect(again.to == ["hang@example.org"])
        let before = try #require(first.withLock { $0 })
        #expect(Self.header("Message-ID", again) == Self.header("Message-ID", before))
      }
    }
  }

  @Test("drops what is not so any more when its turn comes")
  func dropped() async throws {
    try await Self.withPost { post, receiver in
      try await post.register("one@example.org")
      try await post.follow()
      let mail = try await post.mails()[0]
      _ = try await post.store.take(.test(), .cancel, on: mail.registration, of: Self.forum, etag: nil)
      try await post.sending(to: receiver.port) { _ in
        var received = receiver.received.makeAsyncIterator()
        let told = try #require(await received.next())
        #expect(Self.header("Subject", told).contains("cancelled"))
        try await post.wait { $0.map(\.state) == [.dropped, .sent] }
      }
    }
  }

  @Test("sends no more a minute than it may")
  func pace() async throws {
    try await Self.withPost { post, receiver in
      try await post.register("one@example.org", "two@example.org", "three@example.org")
      try await post.follow()
      let outbox = try await post.outbox(to: receiver.port, perMinute: 2)
      let sender = try #require(outbox.sender)
      for _ in 1...2 {
        outbox.sending.ring()
        await sender.turnIfDue()
        #expect(try await post.mails().map(\.state) == [.sent, .sent, .waiting])
      }
    }
  }

  @Test("sends nothing in a rehearsal, where mails can be looked at")
  func rehearsal() async throws {
    try await Self.withPost { post, receiver in
      try await post.register("one@example.org")
      try await post.sending(to: receiver.port, isRehearsal: true) { outbox in
        try await post.wait { $0.count == 1 }
        guard case .rehearsal = outbox.sending.state else {
          Issue.record("\(outbox.sending.state)")
          return
        }
        #expect(outbox.services.count == 1)
        let matter = try await post.store.mailMatter(post.mails()[0].number, of: Self.forum)
        let message = try await outbox.composer.message(matter, links: nil)
        let bytes = try message.bytes()
        #expect(message.to.address == "one@example.org" && !bytes.isEmpty)
        let way = "https://forum.example.org/me/\(matter.registration.id)"
        #expect(!message.letter.text.contains(way))
        #expect(try await outbox.composer.message(matter, links: Pages()).letter.text.contains(way))
      }
    }
  }

  @Test("speaks over an encrypted line alone, to a server that it knows, and signs in", arguments: [false, true])
  func encrypted(isImplicit: Bool) async throws {
    try await ServerHarness.run { harness in
      var options = MailReceiver.Options()
      options.certificate = harness.folder.appending(path: "server.pem").path
      options.key = harness.folder.appending(path: "server.key").path
      (options.implicit, options.user, options.password) = (isImplicit, "forum", "correct horse")
      let receiver = try await MailReceiver(options)
      defer { receiver.stop() }
      let scheme = isImplicit ? "smtps" : "smtp"
      func outcome(_ host: String = "127.0.0.1", _ configure: (inout MailServer) -> Void) async throws -> MailOutcome {
        let address = try #require(MailServerAddress("\(scheme)://\(host):\(receiver.port)"))
        var server = MailServer(address, sender: "noreply@forum.example.org")
        (server.user, server.password) = ("forum", MailPassword("correct horse"))
        server.authorityPath = harness.access.authorityPath
        configure(&server)
        let message = Array("Subject: Hello\r\n\r\n.\r\n..dots\r\n".utf8)
        return await SMTPLine(server).send(message, to: "one@example.org")
      }
      #expect(try await outcome { $0.authorityPath = nil } == .unreachable(MailFault(.notTrusted)))
      // Its certificate is of another name.
      #expect(try await outcome("127.0.0.2") { _ in } != .sent)
      let refused = try await outcome { $0.password = MailPassword("wrong") }
      guard case .unreachable(let fault) = refused, fault.cause == .notSignedIn else {
        Issue.record("\(refused)")
        return
      }
      #expect(try await outcome { _ in } == .sent)
      var received = receiver.received.makeAsyncIterator()
      let message = try #require(await received.next())
      #expect(message.tls && message.user == "forum")
      #expect(String(decoding: message.content, as: UTF8.self).hasSuffix("\r\n\r\n.\r\n..dots\r\n"))
    }
  }

  @Test("sends nothing in the clear to a server elsewhere")
  func clear() async throws {
    var options = MailReceiver.Options()
    options.host = "127.0.0.2"
    let receiver = try await MailReceiver(options)
    defer { receiver.stop() }
    let address = try #require(MailServerAddress("smtp://127.0.0.2:\(receiver.port)"))
    #expect(address.encryption == .required)
    let line = SMTPLine(MailServer(address, sender: "noreply@forum.example.org"))
    let outcome = await line.send(Array("Subject: Hello\r\n\r\nHello\r\n".utf8), to: "one@example.org")
    #expect(outcome == .unreachable(MailFault(.notTrusted)))
  }
}
