import Foundation
import LanyardCertificates
import LanyardTesting
import Testing

@Suite("Certificate summary", .blocking)
struct CertificateSummaryTests {
  @Test("It says what openssl says")
  func facts() throws {
    let pem = try CertificateAuthority(commonName: "Genève · 日内瓦", notBefore: now, lifetime: day).certificatePEM
    let summary = try CertificateSummary(pem: pem)
    #expect(summary.commonName == "Genève · 日内瓦")
    #expect(summary.notBefore == now - 86_400)
    #expect(summary.notAfter == now + 86_400)
    try withTemporaryFolder { folder in
      try Data(pem.utf8).write(to: folder.appendingPathComponent("c.pem"))
      let shown = try Tool.run(
        "openssl",
        "x509",
        "-in",
        "c.pem",
        "-noout",
        "-serial",
        "-fingerprint",
        "-sha256",
        in: folder
      )
      let lines = shown.output.lowercased().replacing(":", with: "")
      #expect(lines.contains("serial=\(summary.serial)\n"))
      #expect(lines.contains("fingerprint=\(summary.fingerprint)\n"))
    }
  }

  @Test("Serials are random and have up to 128 bits")
  func serials() throws {
    let summaries = try (0..<8).map { _ in
      try CertificateSummary(pem: CertificateAuthority(commonName: "a", notBefore: now, lifetime: day).certificatePEM)
    }
    #expect(Set(summaries.map(\.serial)).count == 8)
    #expect(summaries.allSatisfy { (24...32).contains($0.serial.count) })
  }

  @Test("Times after 2049 are read, which certificates write in another form")
  func lateTimes() throws {
    let late: Int64 = 4_102_444_800
    let pem = try CertificateAuthority(commonName: "a", notBefore: late, lifetime: day).certificatePEM
    #expect(try CertificateSummary(pem: pem).notAfter == late + 86_400)
  }
}
