import Foundation
import GRPCCore
import LanyardAPI
import LanyardCertificates
import LanyardClient
import LanyardDomain
import LanyardServer
import LanyardTesting
import LanyardTexts
import Logging
import Synchronization
import Testing

@Suite("The certificate that is served")
struct ServedCertificateTests {
  private static let start = Int64(Date().timeIntervalSince1970)
  private static let day: Int64 = 86_400

  /// Files with a certificate that a server presents, whose clock the test sets.
  private final class Files: Sendable {
    let folder: URL
    let authority: CertificateAuthority
    let log = LogRecord()
    private let moment = Mutex(ServedCertificateTests.start)

    init(_ folder: URL) throws {
      self.folder = folder
      authority = try CertificateAuthority(
        commonName: "a",
        notBefore: ServedCertificateTests.start,
        lifetime: .seconds(100 * 86_400)
      )
    }

    func put(_ names: [String], from notBefore: Int64 = ServedCertificateTests.start, days: Int64 = 20) throws {
      let issued = try authority.issueServerCertificate(
        commonName: "a",
        dnsNames: names,
        ipAddresses: [],
        notBefore: notBefore,
        lifetime: .seconds(days * 86_400)
      )
      try Data(issued.privateKeyPEM.utf8).write(to: folder.appending(path: "s.key"))
      try Data(issued.certificatePEM.utf8).write(to: folder.appending(path: "s.pem"))
    }

    func wait(days: Int64) { moment.withLock { $0 += days * 86_400 } }

    func served() throws -> ServedCertificate {
      try ServedCertificate(
        certificatePath: folder.appending(path: "s.pem").path,
        privateKeyPath: folder.appending(path: "s.key").path,
        logger: log.logger,
        now: { self.moment.withLock { $0 } }
      )
    }
  }

  @Test("gives way to a good one, and not to one that has run out, is not yet valid or lacks a name")
  func replacing() throws {
    try withTemporaryFolder { folder in
      let files = try Files(folder)
      try files.put(["one.test", "two.test"])
      let served = try files.served()
      #expect(served.refresh() == .unchanged)
      for bad in [
        { try files.put(["one.test", "two.test"], from: Self.start - 40 * Self.day) },
        { try files.put(["one.test", "two.test"], from: Self.start + 2 * Self.day) },
        { try files.put(["one.test"]) },
        { try Data("no PEM".utf8).write(to: folder.appending(path: "s.pem")) },
        { try FileManager.default.removeItem(at: folder.appending(path: "s.pem")) },
      ] as [() throws -> Void] {
        try bad()
        for _ in 0..<2 {
          let look = served.refresh()
          if case .refused = look { continue }
          Issue.record("it was \(look)")
        }
        #expect(served.served.names == ["one.test", "two.test"])
      }
      // Each fault is told once.
      #expect(files.log.levels == Array(repeating: .error, count: 5))
      #expect(files.log.text.contains("two.test"))
      try files.put(["*.test", "one.test", "two.test", "three.test"])
      #expect(served.refresh() == .replaced)
      #expect(files.log.levels.last == .notice)
    }
  }

  @Test("gives way to any good one once it has run out, which is logged as an error")
  func expired() throws {
    try withTemporaryFolder { folder in
      let files = try Files(folder)
      try files.put(["one.test"])
      let served = try files.served()
      files.wait(days: 10)
      served.refresh()
      #expect(files.log.levels == [.warning])
      files.wait(days: 11)
      served.refresh()
      served.refresh()
      #expect(files.log.levels == [.warning, .error])
      try files.put(["other.test"], from: Self.start + 21 * Self.day)
      #expect(served.refresh() == .replaced)
    }
  }

  @Test("has to be usable at the first start, and the fault names the file")
  func firstStart() throws {
    try withTemporaryFolder { folder in
      let files = try Files(folder)
      #expect(throws: CertificateFileFault.self) { try files.served() }
      try files.put(["one.test"])
      try Data(("-----BEGIN ENCRYPTED " + "PRIVATE KEY-----\n").utf8).write(to: folder.appending(path: "s.key"))
      do {
        _ = try files.served()
        Issue.record("an encrypted key was taken")
      } catch let fault as CertificateFileFault {
        #expect(fault.path.hasSuffix("s.key") && fault.fault == CertificateError.encryptedKey.sentence)
      }
    }
  }

  @Test("for another name is refused by Lanyard's own clients, though the address is right")
  func otherName() async throws {
    try await ServerHarness.run { server in
      let issued = try server.authority.issueServerCertificate(
        commonName: "localhost",
        dnsNames: [],
        ipAddresses: ["127.0.0.1"],
        notBefore: Self.start,
        lifetime: .seconds(3600)
      )
      let chain = try ServerCertificate(chainPEM: issued.certificatePEM, privateKeyPEM: issued.privateKeyPEM).chain
      let access = ServerAccess(
        Endpoint(host: "localhost", port: 1),
        credential: .none,
        authorityPath: server.access.authorityPath
      )
      #expect(try ServerVerification(access).refusal(of: chain) != nil)
      let called = try await presentedCertificates(server.access)
      #expect(called.fault == nil && !called.chain.isEmpty)
    }
  }

  @Test("outside of its time makes a call say that the clock is wrong")
  func wrongClock() async throws {
    try await ServerHarness.run { server in
      let verification = try ServerVerification(server.access, now: { Self.start - 30 * Self.day })
      let failure = await CheckInTests.failure {
        try await withServerConnection(server.access, verification: verification) { client in
          _ = try await Lanyard_V1_EventService.Client(wrapping: client).listEvents(.init())
        }
      }
      #expect(failure?.code == .unavailable && failure?.message.contains("clock is wrong") == true)
      if case .time? = failure?.certificateFault { return }
      Issue.record("\(String(describing: failure))")
    }
  }
}
