import CCurl
import LanyardDomain

/// What is said on a line, as far as it decides what becomes of a message. It keeps no addresses.
final class SMTPConversation {
  /// What was said last, in its order.
  enum Stage: Int, Comparable {
    case greeting, hello, sender, recipient, content, message

    static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
  }

  private(set) var stage = Stage.greeting
  /// The last reply's code; nil where nothing was replied yet.
  private(set) var code: Int?
  private(set) var status = ""
  /// Whether the line is hung up: what is said then decides nothing.
  private var isEnding = false
  /// Whether to go on.
  let goesOn: () -> Bool
  private let bytes: [UInt8]
  private var given = 0

  init(_ bytes: [UInt8], goesOn: @escaping () -> Bool) {
    (self.bytes, self.goesOn) = (bytes, goesOn)
  }

  /// Fills a buffer with what comes next of the message; returns how many bytes.
  func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
    let count = min(buffer.count, bytes.count - given)
    buffer.copyBytes(from: bytes[given..<given + count])
    given += count
    return count
  }

  /// Hears a command that goes out.
  func heard(command: String) {
    let word = command.prefix { $0.isLetter }.uppercased()
    let stages: [String: Stage] = [
      "EHLO": .hello, "HELO": .hello, "STARTTLS": .hello, "AUTH": .hello, "MAIL": .sender, "RCPT": .recipient,
      "DATA": .content,
    ]
    if word == "QUIT" { isEnding = true }
    guard let stage = stages[word] else { return }
    self.stage = stage
    (code, status) = (nil, "")
  }

  /// Hears that the message itself goes out.
  func heardContent() {
    guard stage == .content else { return }
    stage = .message
    (code, status) = (nil, "")
  }

  /// Hears a line of a reply.
  func heard(reply: String) {
    guard !isEnding, let code = Int(reply.prefix(3)) else { return }
    self.code = code
    let status = MailFault.status(in: reply.dropFirst(4))
    if !status.isEmpty { self.status = status }
  }

  /// What became of the message.
  func outcome(_ result: CURLcode) -> MailOutcome {
    switch result {
    case CURLE_OK: return .sent
    case CURLE_LOGIN_DENIED: return .unreachable(fault(.notSignedIn))
    case CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE,
      CURLE_SSL_ISSUER_ERROR, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CIPHER, CURLE_SSL_ENGINE_NOTFOUND,
      CURLE_SSL_SHUTDOWN_FAILED, CURLE_SSL_INVALIDCERTSTATUS:
      return .unreachable(MailFault(.notTrusted))
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_PROXY, CURLE_UNSUPPORTED_PROTOCOL,
      CURLE_URL_MALFORMAT, CURLE_FAILED_INIT, CURLE_OUT_OF_MEMORY, CURLE_ABORTED_BY_CALLBACK:
      return .unreachable(MailFault(.notReached))
    default: return refusal
    }
  }

  private var refusal: MailOutcome {
    guard let code, code >= 400 else {
      // It may have the message: then it knows it by its identifier when it comes again.
      return stage >= .recipient
        ? .again(MailFault(.cut)) : .unreachable(MailFault(stage == .greeting ? .notReached : .cut))
    }
    // It closes the line for all (RFC 5321, 3.8).
    if code == 421 { return .unreachable(fault(.cut)) }
    guard stage >= .recipient else { return .unreachable(fault(.senderRefused)) }
    return code < 500 ? .again(fault(.refused)) : .bounced(fault(.refused))
  }

  private func fault(_ cause: MailFault.Cause) -> MailFault { MailFault(cause, code: code, status: status) }
}
