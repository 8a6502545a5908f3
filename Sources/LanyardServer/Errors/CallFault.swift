package import GRPCCore
import GRPCProtobuf
import LanyardDomain
import LanyardMessages
import LanyardTexts
import NIOCore
import NIOHTTP2

/// Why a call fails: what programs read, alike in every language, and the sentence that a person reads (AIP-193).
package struct CallFault: Error, Sendable {
  /// The most bytes of fields' faults in one error: it travels in trailers, which clients limit to 8 KiB or so.
  private static let detailLimit = 3000
  /// The most bytes of a message as trailers have it: three for each byte that is not ASCII.
  private static let messageLimit = 1500
  /// The most characters of the fault of one field.
  private static let reasonLimit = 1000

  /// Which has its status too.
  let reason: ErrorReason
  let sentence: Sentence
  /// What stands in its `BadRequest`.
  var fields: [FieldViolation] = []
  /// More of it, whose reasons are no faults of fields.
  var told: [Told] = []
  /// What stands in its `RetryInfo`.
  var retryAfter: Duration?
  /// The facts in its `ErrorInfo`.
  var metadata: [String: String] = [:]

  /// Why a field is refused, in a sentence.
  struct Told: Sendable {
    let field: String
    let reason: Sentence
  }

  /// The error in the words of a language.
  func error(in language: Language) -> RPCError {
    var details = [ErrorDetails.errorInfo(reason: reason.rawValue, domain: ErrorReason.domain, metadata: metadata)]
    if !fields.isEmpty || !told.isEmpty { details.append(.badRequest(violations: violations(in: language))) }
    if let retryAfter { details.append(.retryInfo(delay: retryAfter)) }
    let text = Phrasebook.of(language).text(sentence, for: .page)
    var error = RPCError(GoogleRPCStatus(code: reason.code, message: Self.cut(text), details: details))
    error.cause = self
    return error
  }

  private func violations(in language: Language) -> [ErrorDetails.BadRequest.FieldViolation] {
    let faults = fields.map { Told(field: $0.field, reason: Sentence($0.fault)) } + told
    var room = Self.detailLimit
    var violations: [ErrorDetails.BadRequest.FieldViolation] = []
    func text(_ reason: Sentence) -> String { Phrasebook.of(language).text(reason, for: .page) }
    for fault in faults where room > 0 {
      let reason = String(text(fault.reason).prefix(Self.reasonLimit))
      room -= fault.field.utf8.count + reason.utf8.count
      violations.append(.init(field: fault.field, description: reason))
    }
    let untold = faults.count - violations.count
    if untold > 0 {
      violations.append(.init(field: "…", description: text(Sentence(.moreFaults(count: untold)))))
    }
    return violations
  }

  private static func cut(_ text: String) -> String {
    var room = messageLimit
    return String(
      text.prefix { character in
        room -= character.utf8.reduce(0) { $0 + ($1 < 0x80 ? 1 : 3) }
        return room >= 0
      }
    )
  }
}

/// An error that a call can end with.
package protocol CallFaultConvertible: Error, RPCErrorConvertible {
  var callFault: CallFault { get }
}

extension CallFaultConvertible {
  package var rpcErrorCode: RPCError.Code { callFault.reason.code }
  package var rpcErrorMessage: String { callFault.error(in: .english).message }
  package var rpcErrorMetadata: Metadata { callFault.error(in: .english).metadata }
}

extension CallFault: CallFaultConvertible {
  package var callFault: CallFault { self }
}

extension RPCError {
  /// An error with its one `ErrorInfo`, in English until it is `told` to somebody.
  static func make(
    _ reason: ErrorReason,
    _ sentence: Sentence,
    fields: [FieldViolation] = [],
    retryAfter: Duration? = nil,
    metadata: [String: String] = [:]
  ) -> RPCError {
    CallFault(
      reason: reason,
      sentence: sentence,
      fields: fields,
      retryAfter: retryAfter,
      metadata: metadata
    ).error(in: .english)
  }

  /// The same with a sentence without facts.
  static func make(_ reason: ErrorReason, _ key: Sentence.Key, metadata: [String: String] = [:]) -> RPCError {
    make(reason, Sentence(key), metadata: metadata)
  }
}

extension Language {
  /// An error as its reader is told, whatever was thrown; the transport's own is left as it is. It still has for its cause
  /// what it was.
  func told(_ error: any Error) -> RPCError {
    let own: any CallFaultConvertible
    switch error {
    case let error as any CallFaultConvertible: own = error
    case let error as RPCError:
      guard let cause = error.cause as? any CallFaultConvertible else { return error }
      own = cause
    case let error as any RPCErrorConvertible: return RPCError(error)
    // A stream is closed by its client, or by `CallGate`, which has answered.
    case is ChannelError, is IOError, is NIOHTTP2Errors.StreamClosed: return ClientsEnding.gone(error)
    // A service sees only that it is cancelled; of a call that its client ended, `ClientsEnding` says so.
    case is CancellationError: own = CallFault(reason: .serverStopping, sentence: Sentence(.errorServerStopping))
    default: own = UnexpectedError(error)
    }
    var told = own.callFault.error(in: self)
    told.cause = own
    return told
  }

  /// The language that a call asks for; nil where it asks for none that Lanyard speaks.
  init?(_ metadata: Metadata) {
    guard let header = metadata[stringValues: "accept-language"].first(where: { _ in true }),
      let language = Language(acceptLanguage: header)
    else { return nil }
    self = language
  }
}

extension StreamingServerResponse {
  /// The response to a call with its errors in the caller's language, those on the way too.
  static func told(
    in language: CallLanguage,
    _ call: () async throws -> StreamingServerResponse
  ) async throws -> StreamingServerResponse {
    do {
      return try await call().ending { result in
        do { return try result.get() } catch { throw await language.language.told(error) }
      }
    } catch {
      throw await language.language.told(error)
    }
  }
}
