import ArgumentParser
import Foundation
import LanyardCertificates
import LanyardDomain
import LanyardTexts

/// `lanyard certs`.
struct CertsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "certs",
    abstract: "Certificates for TLS.",
    subcommands: [InitCommand.self, CheckCommand.self]
  )

  /// `lanyard certs init`.
  struct InitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "init",
      abstract: "Make a local authority and a server certificate in the data folder.",
      discussion: """
        The authority is made once and kept; the server certificate is made anew each time, and a running server takes \
        it up by itself within seconds. Clients need certs/authority.pem and nothing else. To use certificates of your \
        own organisation instead, see certs/README.md.
        """
    )

    @OptionGroup var dataOptions: DataOptions

    @Option(name: .long, help: "Further host name or IP address that clients call the server by; may be repeated.")
    var host: [String] = []

    /// Days for which a server's certificate may be made.
    private static let daysRange = 1...825

    @Option(
      name: .long,
      help: "Days until the server certificate runs out, \(daysRange.lowerBound) to \(daysRange.upperBound)."
    )
    var days = 397

    @Flag(name: .long, help: "Print the files made as JSON.")
    var json = false

    func validate() throws {
      let range = Self.daysRange
      guard range.contains(days) else {
        throw ValidationError("--days", .outOfRange(low: range.lowerBound, high: range.upperBound))
      }
    }

    func run() throws {
      do {
        try make()
      } catch let error as CertificateError {
        throw CommandFailure.usage(error.sentence)
      }
    }

    private func make() throws {
      let folder = dataOptions.folder
      try folder.create()
      let now = Int64(Date().timeIntervalSince1970)
      let (authority, made) = try folder.authority(
        certificate: folder.authorityCertificate,
        key: folder.authorityKey,
        named: "Lanyard local authority"
      )
      let names = hostNames()
      let server = try authority.issueServerCertificate(
        commonName: "localhost",
        dnsNames: names.dns,
        ipAddresses: names.ip,
        notBefore: now,
        lifetime: .seconds(days * 86_400)
      )
      // The key first: a server that looks in between keeps its old pair, because the two do not match.
      try DataFolder.write(server.privateKeyPEM, to: folder.serverKey)
      try DataFolder.write(server.certificatePEM, to: folder.serverCertificate, mode: 0o644)
      let files = made + [folder.serverCertificate, folder.serverKey]
      if json {
        try Console.json(["files": files])
      } else {
        for file in files { Console.say(.doneMade, ["file": .text(file)]) }
        Console.say(.doneServerNames, ["names": .list(names.dns + names.ip)])
      }
    }

    /// Names that the server answers to: this machine's, loopback, and those given.
    private func hostNames() -> (dns: [String], ip: [String]) {
      // A machine may have a name that no certificate can carry; then it is not called by it.
      let own = ProcessInfo.processInfo.hostName
      let given = (ServerName.isValid(own) ? [own] : []) + host
      var dns = ["localhost"]
      var ip = ["127.0.0.1", "::1"]
      for name in given where !dns.contains(name) && !ip.contains(name) {
        if ServerName.isAddress(name) { ip.append(name) } else { dns.append(name) }
      }
      return (dns, ip)
    }
  }
}
