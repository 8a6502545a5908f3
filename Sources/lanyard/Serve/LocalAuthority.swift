import Foundation
import LanyardCertificates

/// An authority that lies in two files of the data folder, made once and kept.
enum LocalAuthority {
  /// The authority of two files, and the files that were made for it, if it is new.
  ///
  /// - Throws: `CommandFailure` where one of the files is missing.
  static func load(
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
      throw CommandFailure.usage(
        "lanyard: the authority in \(files[0]) and \(files[1]) cannot be read: \(error.localizedDescription)"
      )
    }
    switch texts.count {
    case 2: return (try CertificateAuthority(certificatePEM: texts[0], privateKeyPEM: texts[1]), [])
    case 1:
      throw CommandFailure.usage(
        "lanyard: of \(files[0]) and \(files[1]) one is missing; bring it back, or remove both to make a new authority"
      )
    default:
      let new = try CertificateAuthority(
        commonName: name,
        notBefore: Int64(Date().timeIntervalSince1970),
        lifetime: .seconds(10 * 365 * 86_400)
      )
      try DataFolder.write(new.privateKeyPEM, to: key)
      try DataFolder.write(new.certificatePEM, to: certificate, mode: 0o644)
      return (new, files)
    }
  }
}
