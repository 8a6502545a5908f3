package import GRPCCore
import GRPCProtobuf
package import LanyardCertificates
import LanyardDomain
package import LanyardMessages
package import LanyardTexts

/// What went wrong with a call, in words for the person who made it.
package struct CallFailure: Sendable {
  /// Who a failure comes from.
  package enum Source: Hashable, Sendable {
    /// The service itself: the status carries an `ErrorInfo` of its domain.
    case service
    /// Something else answered in the server's place, such as a captive portal, a proxy or a firewall.
    case stranger
    /// Nobody answered, or not in time, or the connection failed.
    case connection
  }

  /// One field that was refused.
  package struct Field: Sendable {
    package let name: String
    package let reason: String
  }

  /// What the transport puts before the cause of each call that is made while there is no connection.
  private static let noConnection = "Channel is in a transient failure state and 'wait for ready' isn't enabled. "

  package let source: Source
  package let code: RPCError.Code
  /// For a log: in the language that the service was asked for where it is the service's, else in English, and as the transport
  /// said it.
  package let message: String
  /// For a person who reads another language: nothing in it is the transport's.
  package let sentence: Sentence
  /// The `ErrorInfo` reason as it came, of a newer service too; empty where the error came from elsewhere than the service.
  package let reason: String
  package let fields: [Field]
  /// Why the server's certificate was not taken, where that is what failed.
  package let certificateFault: ServerTrust.Fault?

  /// The same where this version knows it.
  package var known: ErrorReason? { ErrorReason(rawValue: reason) }

  package init(_ error: RPCError) {
    let details = error.details
    code = error.code
    reason = details?.info.reason ?? ""
    fields = (details?.fields ?? []).map { Field(name: $0.field, reason: $0.violationDescription) }
    certificateFault = error.cause as? ServerTrust.Fault
    let english = Phrasebook.of(.english)
    if details != nil {
      (source, message, sentence) = (.service, error.message, .told(error.message))
    } else if let answer = Self.strangeAnswer(error) {
      (source, sentence) = (.stranger, Sentence(.callStranger, ["answer": answer]))
      message = "\(english.text(sentence)) (\(error.message.prefix(100)))"
    } else {
      source = .connection
      let cause = String(
        error.message.hasPrefix(Self.noConnection)
          ? error.message.dropFirst(Self.noConnection.count) : error.message[...]
      )
      message = cause
      sentence = (error.cause as? any SpokenError)?.sentence ?? ConnectionFault(error, cause).sentence
    }
  }

  /// Whether what answers takes connections and closes them before anything is said.
  var endsWhenOpened: Bool {
    let faults = [ConnectionFault.noHTTP2, .noTLS]
    return source == .connection && faults.contains { $0.sentence == sentence }
  }

  /// Whether the service does not let the caller in; nothing else's answer says that.
  package var isRefusal: Bool { source == .service && (code == .unauthenticated || code == .permissionDenied) }

  /// Whether the same call may succeed later. What the transport has no status for is a connection that broke.
  package var isPassing: Bool {
    known?.isPassing ?? (code.isPassing || (code == .unknown && source != .service))
  }

  /// Whether the server could not be reached, did not know the caller, or failed by itself. What a caller whom it knows has no
  /// right to is an answer, as where something is not there.
  package var isServerOrNetwork: Bool {
    guard source == .service else { return true }
    switch code {
    case .unavailable, .deadlineExceeded, .unauthenticated, .internalError, .unknown, .resourceExhausted, .dataLoss,
      .unimplemented, .cancelled:
      return true
    default: return false
    }
  }

  /// What an answer was that no Lanyard server gives; nil where there was none, or the transport of one may have given it.
  private static func strangeAnswer(_ error: RPCError) -> Sentence.Fact? {
    let status = error.metadata[stringValues: ":status"].first { _ in true }
    let type = error.metadata[stringValues: "content-type"].first { _ in true }
    if let status {
      let kind = type.map { Sentence.Fact.text(String($0.prefix(60))) } ?? .sentence(Sentence(.callNoType))
      if status != "200" {
        return .sentence(Sentence(.callStatus, ["status": .text(String(status.prefix(3))), "type": kind]))
      }
      guard let type, type.hasPrefix("application/grpc") else {
        return .sentence(Sentence(.callOtherType, ["type": kind]))
      }
    }
    // The service says why it refuses; a proxy's own rule does not.
    guard error.code == .unauthenticated || error.code == .permissionDenied else { return nil }
    return .sentence(Sentence(.callOtherCode, ["code": .count(error.code.rawValue)]))
  }
}
