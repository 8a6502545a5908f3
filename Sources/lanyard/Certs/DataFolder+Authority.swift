import LanyardCertificates

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
      switch fault {
      case .unreadable(let cause):
        throw CommandFailure.usage("lanyard: the authority in \(certificate) and \(key) cannot be read: \(cause)")
      case .oneIsMissing:
        throw CommandFailure.usage(
          "lanyard: of \(certificate) and \(key) one is missing; bring it back, or remove both to make a new authority"
        )
      }
    }
  }
}
