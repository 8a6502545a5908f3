import Foundation

/// An authority that lies in two files, made once and kept.
package enum LocalAuthority {
  /// What is wrong with the files of an authority.
  package enum Fault: Error, Hashable {
    /// One that is there cannot be read, for this cause.
    case unreadable(String)
    case oneIsMissing
  }

  /// The authority of two files, and the files that were made for it, if it is new.
  ///
  /// - Throws: `Fault`, `CertificateError` where they hold no authority, or `FileFault` where they cannot be written.
  package static func load(
    certificate: String,
    key: String,
    named name: String
  ) throws -> (authority: CertificateAuthority, made: [String]) {
    let files = [certificate, key]
    let texts: [String]
    do {
      // One that is there and cannot be read must not be taken for none, and made anew.
      texts = try files.filter { FileManager.default.fileExists(atPath: $0) }
        .map { try String(contentsOfFile: $0, encoding: .utf8) }
    } catch {
      throw Fault.unreadable(error.localizedDescription)
    }
    switch texts.count {
    case 2: return (try CertificateAuthority(certificatePEM: texts[0], privateKeyPEM: texts[1]), [])
    case 1: throw Fault.oneIsMissing
    default:
      let new = try CertificateAuthority(
        commonName: name,
        notBefore: Int64(Date().timeIntervalSince1970),
        lifetime: .seconds(10 * 365 * 86_400)
      )
      try PrivateFile.write(new.privateKeyPEM, to: key)
      try PrivateFile.write(new.certificatePEM, to: certificate, mode: 0o644)
      return (new, files)
    }
  }
}
