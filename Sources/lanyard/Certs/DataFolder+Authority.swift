import LanyardCertificates
import LanyardTexts

extension CertificateError {
  /// Whether it is of the private key, and not of the certificate.
  fileprivate var isOfKey: Bool {
    switch self {
    case .unreadable(.privateKey), .unsupportedKey, .encryptedKey: true
    default: false
    }
  }
}

extension DataFolder {
  /// An authority of the folder, and the files that were made for it, if it is new.
  ///
  /// - Throws: `CommandFailure` where its files cannot be used or written.
  func authority(
    certificate: String,
    key: String,
    named name: String
  ) throws -> (authority: CertificateAuthority, made: [String]) {
    do {
      return try LocalAuthority.load(certificate: certificate, key: key, named: name)
    } catch let fault as LocalAuthority.Fault {
      var facts: [String: Sentence.Fact] = ["certificate": .text(certificate), "key": .text(key)]
      switch fault {
      case .unreadable(let cause):
        facts["cause"] = .text(cause)
        throw CommandFailure.usage(Sentence(.certificateAuthorityUnread, facts))
      case .oneIsMissing: throw CommandFailure.usage(Sentence(.certificateAuthorityHalf, facts))
      }
    } catch let fault as CertificateError {
      let facts: [String: Sentence.Fact] = [
        "file": .text(fault.isOfKey ? key : certificate), "certificate": .text(certificate), "key": .text(key),
        "cause": .sentence(fault.sentence),
      ]
      throw CommandFailure.usage(Sentence(.certificateAuthorityDamaged, facts))
    }
  }
}
