import Foundation
import LanyardCertificates
import LanyardTesting
import Testing

@Suite("Certificate request", .blocking)
struct CertificateRequestTests {
  private let authority: CertificateAuthority

  init() throws {
    authority = try CertificateAuthority(commonName: "authority", notBefore: now, lifetime: day)
  }

  private func issue(for request: String) throws -> String {
    try authority.issueClientCertificate(forRequestPEM: request, commonName: "lane", notBefore: now, lifetime: day)
  }

  private func shell(_ script: String) throws -> String {
    try withTemporaryFolder { folder in try Tool.run("sh", "-c", script, in: folder).output }
  }

  @Test("openssl accepts the request's signature")
  func ownRequest() throws {
    let request = try CertificateRequest.make(commonName: "lane 1 · 会场")
    try withTemporaryFolder { folder in
      try Data(request.requestPEM.utf8).write(to: folder.appendingPathComponent("request.pem"))
      let shown = try Tool.run(
        "openssl",
        "req",
        "-in",
        "request.pem",
        "-verify",
        "-noout",
        "-subject",
        "-nameopt",
        "utf8",
        in: folder
      )
      #expect(shown.status == 0)
      #expect(shown.output.contains("lane 1 · 会场"))
    }
  }

  @Test("A request made by openssl is taken")
  func otherRequest() throws {
    let request = try shell(
      "openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k.pem -subj /CN=x 2>log"
    )
    #expect(try CertificateSummary(pem: issue(for: request)).commonName == "lane")
  }

  @Test("A request whose content or signature was changed is refused, whichever byte it was")
  func forged() throws {
    let pem = try CertificateRequest.make(commonName: "lane").requestPEM
    let body = pem.split(separator: "\n").dropFirst().dropLast().joined()
    let bytes = Array(try #require(Data(base64Encoded: body)))
    var errors: [CertificateError?] = []
    for place in bytes.indices {
      var changed = bytes
      changed[place] ^= 1
      let text = Data(changed).base64EncodedString(options: .lineLength64Characters)
      let request = "-----BEGIN CERTIFICATE REQUEST-----\n\(text)\n-----END CERTIFICATE REQUEST-----\n"
      errors.append(#expect(throws: CertificateError.self) { try issue(for: request) })
    }
    #expect(errors.contains(.forgedRequest))
    #expect(errors.last == .forgedRequest)
  }

  @Test(
    "A request for a key that is not of P-256 is refused",
    arguments: [
      "-newkey rsa:2048", "-newkey ec -pkeyopt ec_paramgen_curve:P-384", "-newkey ed25519",
      "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit",
    ]
  )
  func otherKeys(options: String) throws {
    let request = try shell("openssl req -new \(options) -nodes -keyout k.pem -subj /CN=x 2>log")
    #expect(request.hasPrefix("-----BEGIN CERTIFICATE REQUEST-----"))
    #expect(throws: CertificateError.unsupportedKey) { try issue(for: request) }
  }

  @Test("Each request has a key of its own")
  func ownKeys() throws {
    let first = try CertificateRequest.make(commonName: "lane")
    let second = try CertificateRequest.make(commonName: "lane")
    #expect(first.privateKeyPEM != second.privateKeyPEM)
  }
}
