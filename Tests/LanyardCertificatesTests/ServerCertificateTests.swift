import Foundation
import LanyardCertificates
import LanyardTesting
import Testing

@Suite("A server's certificate and key", .blocking)
struct ServerCertificateTests {
  /// A folder with an authority `ca.pem`, an intermediate `mid.pem`, and what a script made there.
  private static func made(_ script: String, _ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let setUp = """
        set -e
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -days 30 -subj /CN=CA -keyout ca.key -out ca.pem
        openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -subj /CN=Mid -keyout mid.key -out mid.csr
        printf 'basicConstraints=critical,CA:TRUE' > mid.ext
        openssl x509 -req -in mid.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile mid.ext -out mid.pem
        issue() {
          openssl req -new -key "$1" -subj /CN=server -addext "subjectAltName=$2" -out s.csr
          openssl x509 -req -in s.csr -CA mid.pem -CAkey mid.key -CAcreateserial -days 30 -copy_extensions copy -out s.pem
        }
        """
      let result = try Tool.run("bash", "-c", "{ \(setUp)\n\(script)\n} > log 2>&1", in: folder)
      #expect(result.status == 0, "\((try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)) ?? "")")
      try body(folder)
    }
  }

  private static func text(_ name: String, _ folder: URL) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  @Test(
    "Keys that every client knows are read as openssl makes them",
    arguments: [
      "openssl ecparam -name prime256v1 -genkey -out s.key",
      "openssl ecparam -name secp384r1 -genkey -noout -out s.key",
      "openssl genrsa -traditional -out s.key 2048", "openssl genpkey -algorithm RSA -out s.key",
    ]
  )
  func kinds(command: String) throws {
    try Self.made("\(command)\nissue s.key DNS:One.test,IP:127.0.0.1\ncat s.pem mid.pem > chain.pem") { folder in
      let certificate = try ServerCertificate(
        chainPEM: Self.text("chain.pem", folder),
        privateKeyPEM: Self.text("s.key", folder)
      )
      #expect(certificate.names == ["one.test", "127.0.0.1"] && certificate.chain.count == 2)
      #expect(certificate.privateKeyPEM.hasPrefix("-----BEGIN " + "PRIVATE KEY-----"))
      #expect(certificate.covers("ONE.test") && certificate.covers("127.0.0.1") && !certificate.covers("two.test"))
    }
  }

  @Test(
    "Keys that not every client knows are refused",
    arguments: [
      "openssl genpkey -algorithm ED25519 -out s.key", "openssl ecparam -name secp521r1 -genkey -out s.key",
      "openssl genrsa -out s.key 1024",
    ]
  )
  func otherKinds(command: String) throws {
    try Self.made("\(command)\nissue s.key DNS:one.test") { folder in
      let (chain, key) = try (Self.text("s.pem", folder), Self.text("s.key", folder))
      #expect(throws: CertificateError.unsupportedServerKey) {
        try ServerCertificate(chainPEM: chain, privateKeyPEM: key)
      }
    }
  }

  @Test("What is wrong with a file is named for what it is")
  func faults() throws {
    let script = """
      openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out s.key
      issue s.key DNS:one.test
      cat mid.pem s.pem > reversed.pem
      openssl pkey -in s.key -aes256 -passout pass:x -out encrypted.key
      openssl ec -in s.key -aes256 -passout pass:x -out old-encrypted.key
      """
    try Self.made(script) { folder in
      let (chain, key) = try (Self.text("s.pem", folder), Self.text("s.key", folder))
      let cases: [(String, String, CertificateError)] = [
        (try Self.text("reversed.pem", folder), key, .notServerFirst),
        (chain, try Self.text("encrypted.key", folder), .encryptedKey),
        (chain, try Self.text("old-encrypted.key", folder), .encryptedKey),
        (chain, try Self.text("mid.key", folder), .keyMismatch),
        (chain, "no PEM", .unreadable(.privateKey)),
        (chain, chain, .unreadable(.privateKey)),
        ("", key, .unreadable(.certificate)),
        (key, key, .unreadable(.certificate)),
      ]
      for (chain, key, expected) in cases {
        #expect(throws: expected) { try ServerCertificate(chainPEM: chain, privateKeyPEM: key) }
      }
    }
  }

  @Test("A device's certificate is none for a server")
  func otherUse() throws {
    let authority = try CertificateAuthority(commonName: "a", notBefore: now, lifetime: day)
    let request = try CertificateRequest.make(commonName: "a")
    let pem = try authority.issueClientCertificate(
      forRequestPEM: request.requestPEM,
      commonName: "a",
      notBefore: now,
      lifetime: day
    )
    #expect(throws: CertificateError.notForServers) {
      try ServerCertificate(chainPEM: pem, privateKeyPEM: request.privateKeyPEM)
    }
  }
}

@Suite("Whom a client takes for its server", .blocking)
struct ServerTrustTests {
  private let authority: CertificateAuthority

  init() throws {
    authority = try CertificateAuthority(commonName: "Authority", notBefore: now, lifetime: day * 10)
  }

  private func presented(dns: [String] = [], ip: [String] = []) throws -> [[UInt8]] {
    let issued = try authority.issueServerCertificate(
      commonName: "two.test",
      dnsNames: dns,
      ipAddresses: ip,
      notBefore: now,
      lifetime: day
    )
    return try ServerCertificate(chainPEM: issued.certificatePEM, privateKeyPEM: issued.privateKeyPEM).chain
  }

  private func fault(_ chain: [[UInt8]], _ host: String, at moment: Int64 = now) -> ServerTrust.Fault? {
    do {
      try ServerTrust(authorityPEM: authority.certificatePEM, host: host).check(chain, at: moment)
      return nil
    } catch {
      return error
    }
  }

  @Test("With a name only DNS names count, with an address only addresses, and never the common name")
  func names() throws {
    let (named, addressed) = (try presented(dns: ["*.one.test"]), try presented(ip: ["127.0.0.1", "::1"]))
    #expect(fault(named, "a.one.test") == nil && fault(named, "A.One.Test.") == nil)
    #expect(fault(addressed, "127.0.0.1") == nil && fault(addressed, "::1") == nil)
    for (chain, host) in [(named, "one.test"), (named, "a.b.one.test"), (named, "127.0.0.1"), (addressed, "two.test")] {
      if case .name(host, _)? = fault(chain, host) { continue }
      Issue.record("\(host): \(String(describing: fault(chain, host)))")
    }
    #expect(fault(addressed, "two.test") == .name(called: "two.test", names: ["127.0.0.1", "::1"]))
  }

  @Test("Outside of the certificate's time the clock is named, with all three moments; it begins a day back")
  func time() throws {
    let chain = try presented(dns: ["one.test"])
    #expect(fault(chain, "one.test", at: now - 86_400) == nil)
    for moment in [now - 86_401, now + 10 * 86_400 + 1] {
      let found = fault(chain, "one.test", at: moment)
      #expect(found == .time(notBefore: now - 86_400, notAfter: now + 10 * 86_400, now: moment))
    }
  }

  @Test("Another authority's server is not trusted")
  func untrusted() throws {
    let other = try CertificateAuthority(commonName: "Authority", notBefore: now, lifetime: day)
    let chain = try presented(dns: ["one.test"])
    let trust = ServerTrust(authorityPEM: other.certificatePEM, host: "one.test")
    do {
      try trust.check(chain, at: now)
      Issue.record("it was trusted")
    } catch {
      if case .untrusted = error { return }
      Issue.record("\(error)")
    }
  }
}
