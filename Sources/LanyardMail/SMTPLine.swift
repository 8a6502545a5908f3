import CCurl
import Dispatch
import Glibc
package import LanyardDomain
import Synchronization

/// Runs an actor on a thread beside those that all tasks share: a server may keep a line waiting for a minute.
private final class LineThread: SerialExecutor {
  private let queue = DispatchQueue(label: "lanyard.mail", qos: .utility)

  func enqueue(_ job: consuming ExecutorJob) {
    let job = UnownedJob(job)
    queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
  }
}

/// A line to a mail server, over which one message goes after the other.
///
/// libcurl is used here alone: its tables are made once before any use, and a handle is used on its line's own thread alone.
package actor SMTPLine {
  private static let connectSeconds = 20
  /// How long one message may take.
  private static let messageSeconds = 120
  private static let answerSeconds = 60
  /// A line that was silent for longer is not used again.
  private static let idleSeconds = 30
  /// libcurl's own tables, made once.
  private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// A handle of libcurl with its lines.
  private final class Handle {
    let pointer: UnsafeMutableRawPointer

    init?() {
      guard SMTPLine.isReady, let pointer = curl_easy_init() else { return nil }
      self.pointer = pointer
    }

    deinit { curl_easy_cleanup(pointer) }
  }

  private let server: MailServer
  private let thread = LineThread()
  private let isStopped = Atomic(false)
  private var handle: Handle?

  package nonisolated var unownedExecutor: UnownedSerialExecutor { thread.asUnownedSerialExecutor() }

  package init(_ server: MailServer) { self.server = server }

  /// Gives up what is being sent, and sends nothing any more.
  package nonisolated func stop() { isStopped.store(true, ordering: .relaxed) }

  /// Sends a message to one address.
  package func send(_ message: [UInt8], to recipient: String) -> MailOutcome {
    guard let handle = handle ?? opened() else { return .unreachable(MailFault(.notReached)) }
    self.handle = handle
    guard let list = curl_slist_append(nil, recipient) else { return .unreachable(MailFault(.notReached)) }
    defer { curl_slist_free_all(list) }
    let pointer = handle.pointer
    let conversation = SMTPConversation(message) { !self.isStopped.load(ordering: .relaxed) }
    let context = Unmanaged.passUnretained(conversation).toOpaque()
    lanyard_curlSetList(pointer, CURLOPT_MAIL_RCPT, list)
    for option in [CURLOPT_READDATA, CURLOPT_DEBUGDATA, CURLOPT_XFERINFODATA] {
      lanyard_curlSetContext(pointer, option, context)
    }
    let outcome = withExtendedLifetime(conversation) { conversation.outcome(curl_easy_perform(pointer)) }
    // The handle outlives what it was lent.
    lanyard_curlSetList(pointer, CURLOPT_MAIL_RCPT, nil)
    for option in [CURLOPT_READDATA, CURLOPT_DEBUGDATA, CURLOPT_XFERINFODATA] {
      lanyard_curlSetContext(pointer, option, nil)
    }
    if outcome != .sent {
      // A server that keeps one waiting for an answer does so for its last word as well: that is not heard.
      let socket = lanyard_curlSocket(pointer)
      if socket >= 0 { shutdown(socket, Int32(SHUT_RD)) }
      self.handle = nil
    }
    return outcome
  }

  /// Hangs up; the next message opens it again.
  package func close() { handle = nil }

  private func opened() -> Handle? {
    guard let handle = Handle() else { return nil }
    let pointer = handle.pointer
    func set(_ option: CURLoption, _ number: Int) { lanyard_curlSetNumber(pointer, option, number) }
    func set(_ option: CURLoption, _ text: String) { lanyard_curlSetText(pointer, option, text) }
    set(CURLOPT_URL, "\(server.address)")
    set(CURLOPT_MAIL_FROM, server.sender)
    set(CURLOPT_USE_SSL, Int(Self.encryption(server.address.encryption).rawValue))
    set(CURLOPT_SSL_VERIFYPEER, 1)
    set(CURLOPT_SSL_VERIFYHOST, 2)
    set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
    if let authority = server.authorityPath { set(CURLOPT_CAINFO, authority) }
    if let user = server.user {
      set(CURLOPT_USERNAME, user)
      set(CURLOPT_PASSWORD, server.password?.text ?? "")
    }
    // No other way out than the server that was named.
    set(CURLOPT_PROXY, "")
    set(CURLOPT_PROTOCOLS_STR, "smtp,smtps")
    set(CURLOPT_CONNECTTIMEOUT, Self.connectSeconds)
    set(CURLOPT_TIMEOUT, Self.messageSeconds)
    set(CURLOPT_SERVER_RESPONSE_TIMEOUT, Self.answerSeconds)
    set(CURLOPT_MAXAGE_CONN, Self.idleSeconds)
    set(CURLOPT_NOSIGNAL, 1)
    set(CURLOPT_UPLOAD, 1)
    set(CURLOPT_NOPROGRESS, 0)
    // What is said goes to the listener alone.
    set(CURLOPT_VERBOSE, 1)
    lanyard_curlSetReader(pointer) { buffer, size, count, context in
      guard let buffer, let context else { return 0 }
      let conversation = Unmanaged<SMTPConversation>.fromOpaque(context).takeUnretainedValue()
      return conversation.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: size * count))
    }
    lanyard_curlSetListener(pointer) { _, kind, text, count, context in
      guard let text, let context else { return 0 }
      let conversation = Unmanaged<SMTPConversation>.fromOpaque(context).takeUnretainedValue()
      let bytes = UnsafeRawBufferPointer(start: text, count: count)
      switch kind {
      case CURLINFO_HEADER_OUT: conversation.heard(command: String(decoding: bytes.prefix(12), as: UTF8.self))
      case CURLINFO_HEADER_IN: conversation.heard(reply: String(decoding: bytes.prefix(40), as: UTF8.self))
      case CURLINFO_DATA_OUT: conversation.heardContent()
      default: break
      }
      return 0
    }
    lanyard_curlSetProgress(pointer) { context, _, _, _, _ in
      guard let context else { return 0 }
      return Unmanaged<SMTPConversation>.fromOpaque(context).takeUnretainedValue().goesOn() ? 0 : 1
    }
    return handle
  }

  private static func encryption(_ encryption: MailServerAddress.Encryption) -> curl_usessl {
    switch encryption {
    case .implicit, .required: CURLUSESSL_ALL
    case .offered: CURLUSESSL_TRY
    }
  }
}
