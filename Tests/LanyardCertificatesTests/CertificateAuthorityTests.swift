import Foundation
import LanyardCertificates
import LanyardTesting
import Testing

/// A moment of the examples, 2024-05-27T08:00:00Z.
let now: Int64 = 1_716_796_800
let day = Duration.seconds(86_400)

@Suite("Certificate authority", .blocking)
struct CertificateAuthorityTests {
  private let authority: CertificateAuthority

  init() throws {
    authority = try CertificateAuthority(commonName: "Lanyard test authority", notBefore: now, lifetime: day * 3650)
  }

  private func serverCertificate() throws -> IssuedCertificate {
    try authority.issueServerCertificate(
      commonName: "lanyard",
      dnsNames: ["localhost", "*.forum.example"],
      ipAddresses: ["127.0.0.1", "::1"],
      notBefore: now,
      lifetime: day * 90
    )
  }

  private func deviceCertificate() throws -> (certificatePEM: String, privateKeyPEM: String) {
    let request = try CertificateRequest.make(commonName: "what the device says")
    let certificate = try authority.issueClientCertificate(
      forRequestPEM: request.requestPEM,
      commonName: "devices/lane-1",
      notBefore: now,
      lifetime: day
    )
    return (certificate, request.privateKeyPEM)
  }

  /// What the openssl command says about the files, by name.
  private func openssl(_ arguments: String, _ files: [String: String]) throws -> Tool.Result {
    try withTemporaryFolder { folder in
      for (name, text) in files { try Data(text.utf8).write(to: folder.appendingPathComponent(name)) }
      return try Tool.run("sh", "-c", "openssl \(arguments)", in: folder)
    }
  }

  @Test("openssl verifies the chain of a server and of a device, each for its purpose only")
  func chain() throws {
    for (leaf, purpose, other) in [
      (try serverCertificate().certificatePEM, "sslserver", "sslclient"),
      (try deviceCertificate().certificatePEM, "sslclient", "sslserver"),
    ] {
      let files = ["ca.pem": authority.certificatePEM, "leaf.pem": leaf]
      let verify = "verify -x509_strict -attime \(now) -CAfile ca.pem -purpose"
      let accepted = try openssl("\(verify) \(purpose) leaf.pem", files)
      #expect(accepted.output == "leaf.pem: OK\n")
      #expect(try openssl("\(verify) \(other) leaf.pem", files).status != 0)
    }
  }

  @Test("openssl matches the names and addresses of a server")
  func names() throws {
    let files = ["ca.pem": authority.certificatePEM, "leaf.pem": try serverCertificate().certificatePEM]
    let verify = "verify -attime \(now) -CAfile ca.pem"
    for name in [
      "-verify_hostname localhost", "-verify_hostname web.forum.example", "-verify_ip 127.0.0.1", "-verify_ip ::1",
    ] {
      #expect(try openssl("\(verify) \(name) leaf.pem", files).status == 0)
    }
    for name in ["-verify_hostname other.example", "-verify_ip 10.0.0.1"] {
      #expect(try openssl("\(verify) \(name) leaf.pem", files).status != 0)
    }
  }

  @Test("openssl shows the extensions of the authority")
  func authorityExtensions() throws {
    let text = try openssl("x509 -in ca.pem -noout -text", ["ca.pem": authority.certificatePEM]).output
    for expected in [
      "Version: 3 (0x2)", "ecdsa-with-SHA256", "ASN1 OID: prime256v1", "Issuer: CN = Lanyard test authority",
      "Subject: CN = Lanyard test authority", "X509v3 Basic Constraints: critical\n                CA:TRUE, pathlen:0",
      "X509v3 Key Usage: critical\n                Certificate Sign, CRL Sign", "X509v3 Subject Key Identifier:",
      "Not Before: May 26 08:00:00 2024 GMT", "Not After : May 25 08:00:00 2034 GMT",
    ] { #expect(text.contains(expected), "\(expected)") }
  }

  @Test("openssl shows the extensions of a server's certificate")
  func serverExtensions() throws {
    let text = try openssl("x509 -in leaf.pem -noout -text", ["leaf.pem": try serverCertificate().certificatePEM])
      .output
    for expected in [
      "Version: 3 (0x2)", "ecdsa-with-SHA256", "ASN1 OID: prime256v1", "Subject: CN = lanyard\n",
      "X509v3 Basic Constraints: critical\n                CA:FALSE",
      "X509v3 Key Usage: critical\n                Digital Signature\n",
      "X509v3 Extended Key Usage: \n                TLS Web Server Authentication\n", "X509v3 Subject Key Identifier:",
      "X509v3 Authority Key Identifier:",
      "DNS:localhost, DNS:*.forum.example, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1",
    ] { #expect(text.contains(expected), "\(expected)") }
  }

  @Test("Private keys are PKCS#8, fit their certificates and are not shown")
  func privateKeys() throws {
    let server = try serverCertificate()
    let device = try deviceCertificate()
    for (certificate, key) in [
      (authority.certificatePEM, authority.privateKeyPEM), (server.certificatePEM, server.privateKeyPEM), device,
    ] {
      #expect(key.hasPrefix("-----BEGIN " + "PRIVATE KEY-----\n"))
      let fromKey = try openssl("pkey -in key.pem -pubout", ["key.pem": key])
      let fromCertificate = try openssl("x509 -in leaf.pem -noout -pubkey", ["leaf.pem": certificate])
      #expect(fromKey.status == 0)
      #expect(fromKey.output == fromCertificate.output)
    }
    let request = try CertificateRequest.make(commonName: "lane")
    for value in [authority, server, request] as [any SecretBearing] {
      var dumped = ""
      dump(value, to: &dumped)
      for text in ["\(value)", String(reflecting: value), dumped] { #expect(!text.contains("PRIVATE")) }
    }
  }

  @Test("A device's certificate carries the name that the authority gives, not the one of the request")
  func deviceName() throws {
    #expect(try CertificateSummary(pem: deviceCertificate().certificatePEM).commonName == "devices/lane-1")
  }

  @Test("A device's certificate begins ten years before it is made, and tells how long it is good from then")
  func deviceBegin() throws {
    let summary = try CertificateSummary(pem: deviceCertificate().certificatePEM)
    #expect(summary.notBefore == now - 3653 * 86_400)
    #expect(summary.deviceLifetime == summary.notAfter - now)
    // An earlier version's.
    let server = try CertificateSummary(pem: authority.certificatePEM)
    #expect(server.deviceLifetime == server.notAfter - now)
  }

  @Test("A certificate does not outlive its authority")
  func clamping() throws {
    let short = try CertificateAuthority(commonName: "short", notBefore: now, lifetime: day)
    let leaf = try short.issueServerCertificate(
      commonName: "a",
      dnsNames: ["a"],
      ipAddresses: [],
      notBefore: now,
      lifetime: day * 30
    )
    #expect(try CertificateSummary(pem: leaf.certificatePEM).notAfter == now + 86_400)
    #expect(throws: CertificateError.authorityExpired) {
      try short.issueServerCertificate(
        commonName: "a",
        dnsNames: ["a"],
        ipAddresses: [],
        notBefore: now + 86_400,
        lifetime: day
      )
    }
  }

  @Test("An authority is loaded again and issues as before")
  func loading() throws {
    let loaded = try CertificateAuthority(
      certificatePEM: authority.certificatePEM,
      privateKeyPEM: authority.privateKeyPEM
    )
    let leaf = try loaded.issueServerCertificate(
      commonName: "a",
      dnsNames: [],
      ipAddresses: ["10.0.0.1"],
      notBefore: now,
      lifetime: day
    )
    let files = ["ca.pem": authority.certificatePEM, "leaf.pem": leaf.certificatePEM]
    #expect(try openssl("verify -attime \(now) -CAfile ca.pem leaf.pem", files).status == 0)
  }

  @Test("A key that is not the certificate's, and a certificate that is no authority's, are refused")
  func wrongPairs() throws {
    let other = try CertificateAuthority(commonName: "other", notBefore: now, lifetime: day)
    let server = try serverCertificate()
    #expect(throws: CertificateError.keyMismatch) {
      try CertificateAuthority(certificatePEM: authority.certificatePEM, privateKeyPEM: other.privateKeyPEM)
    }
    #expect(throws: CertificateError.notAuthority) {
      try CertificateAuthority(certificatePEM: server.certificatePEM, privateKeyPEM: server.privateKeyPEM)
    }
  }

  @Test(
    "Texts that are not PEM of the right kind are refused",
    arguments: ["", "x", "-----BEGIN CERTIFICATE-----\nAAAA\n"]
  )
  func unreadable(text: String) {
    #expect(throws: CertificateError.unreadable(.certificate)) { try CertificateSummary(pem: text) }
    #expect(throws: CertificateError.unreadable(.certificate)) {
      try CertificateAuthority(certificatePEM: text, privateKeyPEM: authority.privateKeyPEM)
    }
    #expect(throws: CertificateError.unreadable(.privateKey)) {
      try CertificateAuthority(certificatePEM: authority.certificatePEM, privateKeyPEM: text)
    }
    #expect(throws: CertificateError.unreadable(.request)) {
      try authority.issueClientCertificate(forRequestPEM: text, commonName: "a", notBefore: now, lifetime: day)
    }
  }

  @Test("An encrypted private key is refused without asking for its passphrase")
  func encryptedKey() throws {
    let encrypted = try openssl(
      "pkcs8 -topk8 -in key.pem -passout pass:secret",
      ["key.pem": authority.privateKeyPEM]
    )
    #expect(encrypted.output.contains("ENCRYPTED"))
    #expect(throws: CertificateError.unreadable(.privateKey)) {
      try CertificateAuthority(certificatePEM: authority.certificatePEM, privateKeyPEM: encrypted.output)
    }
  }

  @Test(
    "Names that a certificate cannot carry are refused",
    arguments: [
      "", "a b", "a,DNS:evil.example", "-a", "a-", "a..b", ".a", "*", "a.*", "é", "a\n",
      String(repeating: "a", count: 64),
    ]
  )
  func badDNSNames(name: String) {
    #expect(throws: CertificateError.subjectName(name)) {
      try authority.issueServerCertificate(
        commonName: "a",
        dnsNames: [name],
        ipAddresses: [],
        notBefore: now,
        lifetime: day
      )
    }
  }

  @Test(
    "Addresses that are none are refused",
    arguments: [
      "", "localhost", "1.2.3", "1.2.3.256", "1.2.3.4.5", "1.2.3.4,DNS:evil", "1.2.3.4a", "::1::", "fe80::1%eth0", ":",
    ]
  )
  func badAddresses(address: String) {
    #expect(throws: CertificateError.subjectName(address)) {
      try authority.issueServerCertificate(
        commonName: "a",
        dnsNames: [],
        ipAddresses: [address],
        notBefore: now,
        lifetime: day
      )
    }
  }

  @Test("A server certificate for no name at all is refused")
  func noNames() {
    #expect(throws: CertificateError.noSubjectNames) {
      try authority.issueServerCertificate(
        commonName: "a",
        dnsNames: [],
        ipAddresses: [],
        notBefore: now,
        lifetime: day
      )
    }
  }

  @Test(
    "A common name that is empty, too long or not text is refused",
    arguments: [
      "", String(repeating: "a", count: 65), "a\0b", "a\nb",
    ]
  )
  func badCommonNames(name: String) {
    #expect(throws: CertificateError.commonName) {
      try CertificateAuthority(commonName: name, notBefore: now, lifetime: day)
    }
    #expect(throws: CertificateError.commonName) { try CertificateRequest.make(commonName: name) }
  }

  @Test("A lifetime that is not positive or does not end in time is refused")
  func badValidity() {
    for (from, lifetime) in [
      (now, Duration.zero), (now, .seconds(-1)), (-1, day), (now, .seconds(Int64.max)), (Int64.max, day),
    ] {
      #expect(throws: CertificateError.validity) {
        try CertificateAuthority(commonName: "a", notBefore: from, lifetime: lifetime)
      }
    }
  }
}
