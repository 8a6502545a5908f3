package import LanyardCertificates
import LanyardDomain

extension CertificateError: SpokenError {
  /// What is wrong and what to do.
  package var sentence: Sentence {
    switch self {
    case .commonName: Sentence(.certificateCommonName, ["limit": .count(Self.commonNameLimit)])
    case .subjectName(let name): Sentence(.certificateSubjectName, ["name": .text(name)])
    case .noSubjectNames: Sentence(.certificateNoSubjectNames)
    case .validity: Sentence(.certificateValidity)
    case .unreadable(.certificate): Sentence(.certificateUnreadable)
    case .unreadable(.privateKey): Sentence(.certificateKeyUnreadable)
    case .unreadable(.request): Sentence(.certificateRequestUnreadable)
    case .keyMismatch: Sentence(.certificateKeyMismatch)
    case .notAuthority: Sentence(.certificateNotAuthority)
    case .authorityExpired: Sentence(.certificateAuthorityExpired)
    case .forgedRequest: Sentence(.certificateForgedRequest)
    case .unsupportedKey: Sentence(.certificateUnsupportedKey)
    case .encryptedKey: Sentence(.certificateEncryptedKey)
    case .notServerFirst: Sentence(.certificateNotServerFirst)
    case .unsupportedServerKey: Sentence(.certificateUnsupportedServerKey, ["bits": .count(Self.rsaBits)])
    case .notForServers: Sentence(.certificateNotForServers)
    case .backendFailure: Sentence(.certificateBackendFailure)
    }
  }
}

extension ServerTrust.Fault: SpokenError {
  /// Why a server is not taken for the one that was called, and what to do.
  package var sentence: Sentence {
    switch self {
    case .time(let notBefore, let notAfter, let now):
      Sentence(
        .callClockWrong,
        ["begin": .utc(seconds: notBefore), "end": .utc(seconds: notAfter), "now": .utc(seconds: now)]
      )
    case .name(let called, let names):
      Sentence(.callOtherName, ["called": .text(called), "names": .list(Array(names.prefix(10)))])
    case .untrusted(let reason): Sentence(.callUntrusted, ["reason": .text(reason)])
    case .unusable(let error): Sentence(.callUntrusted, ["reason": .sentence(error.sentence)])
    }
  }
}

extension Sentence.Fact {
  /// A date with a time of day in UTC.
  package static func utc(seconds: Int64) -> Self {
    .moment(Instant(seconds: seconds), VenueTime(zone: .utc))
  }
}
