import ArgumentParser
import Foundation
import GRPCCore
import LanyardCertificates
import LanyardClient
import LanyardDomain
import LanyardScanner
import LanyardServer
import LanyardTexts

extension CertsCommand {
  /// `lanyard certs check`.
  struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Say what is wrong with the server's certificate, in its files and as the running server presents it.",
      discussion: """
        Looks at the files as `lanyard serve` does: whether they can be read and belong together, whether the certificate is \
        in time, and whether it is for each --host. Where a server runs on the data folder, it is asked what it presents. \
        Ends with 1 where anything is wrong.
        """
    )

    /// What is found.
    private struct Finding {
      let certificate: String
      var names: [String] = []
      var validFrom: String?
      var validUntil: String?
      /// Whether the running server presents it; nil where none runs on the data folder.
      var isServed: Bool?
      var faults: [Sentence] = []
    }

    private struct Line: Encodable {
      let certificate: String
      let names: [String]
      let validFrom: String?
      let validUntil: String?
      let isServed: Bool?
      /// In English.
      let faults: [String]

      init(_ finding: Finding) {
        (certificate, names) = (finding.certificate, finding.names)
        (validFrom, validUntil, isServed) = (finding.validFrom, finding.validUntil, finding.isServed)
        faults = finding.faults.map { Phrasebook.of(.english).text($0) }
      }

      private enum CodingKeys: String, CodingKey {
        case certificate, names, faults
        case validFrom = "valid_from"
        case validUntil = "valid_until"
        case isServed = "served"
      }
    }

    @OptionGroup var dataOptions: DataOptions

    @Option(name: .long, help: "Host name or IP address that clients call the server by; may be repeated.")
    var host: [String] = []

    @Option(name: .long, help: "PEM file of the certificate chain. (default: as `lanyard serve` takes it)")
    var certificate: String?

    @Option(name: .customLong("private-key"), help: "PEM file of its key. (default: as `lanyard serve` takes it)")
    var privateKey: String?

    @Flag(name: .long, help: "Print what is found as JSON.")
    var json = false

    func run() async throws {
      let folder = dataOptions.folder
      let options = [("--certificate", certificate), ("--private-key", privateKey)]
      let arguments = options.flatMap { name, value in value.map { [name, $0] } ?? [] }
      let files = try await ServeSettings.certificateFiles(ServeOptions.parse(arguments), folder: folder)
      let now = Int64(Date().timeIntervalSince1970)
      var finding = Finding(certificate: files.certificate)
      let inFile = look(at: files, now, &finding)
      try await askServer(folder, inFile, &finding)
      try show(finding, inFile, now)
      if !finding.faults.isEmpty { throw ExitStatus.negative }
    }

    private func look(
      at files: (certificate: String, privateKey: String),
      _ now: Int64,
      _ finding: inout Finding
    ) -> ServerCertificate? {
      do {
        let found = try ServedCertificate.read(certificatePath: files.certificate, privateKeyPath: files.privateKey)
        finding.names = found.names
        finding.validFrom = Self.date(found.summary.notBefore)
        finding.validUntil = Self.date(found.summary.notAfter)
        if let fault = ServedCertificate.timeFault(found, at: now) { finding.faults.append(fault) }
        for name in host where !found.covers(name) {
          finding.faults.append(Sentence(.certificateNotForHost, ["name": .text(name)]))
        }
        return found
      } catch {
        finding.faults.append(.of(error))
        return nil
      }
    }

    /// Compares what the server on the data folder presents with what lies in the files.
    private func askServer(_ folder: DataFolder, _ inFile: ServerCertificate?, _ finding: inout Finding) async throws {
      guard FileManager.default.fileExists(atPath: folder.server) else { return }
      let authority = folder.authorityCertificate
      let address = try RunningServer.read(folder).grpc
      var access = ServerAccess(
        address,
        credential: .none,
        authorityPath: FileManager.default.fileExists(atPath: authority) ? authority : nil
      )
      access.callTimeout = .seconds(10)
      do {
        let (chain, fault) = try await presentedCertificates(access)
        finding.isServed = inFile.map { $0.chain.first == chain.first } ?? false
        // Which name clients call it by, and whom they trust, only they know.
        if let fault, case .time = fault {
          finding.faults.append(Sentence(.certificateOfServer, ["fault": .sentence(fault.sentence)]))
        }
        guard finding.isServed == false, let inFile, let presented = chain.first else { return }
        let missing = ServerCertificate.names(of: presented).filter { !inFile.covers($0) }
        finding.faults.append(
          missing.isEmpty
            ? Sentence(.certificateOtherIsServed)
            : Sentence(.certificateOtherNamesServed, ["names": .list(missing)])
        )
      } catch let error as RPCError {
        let facts: [String: Sentence.Fact] = ["server": .text("\(address)"), "cause": .sentence(.of(error))]
        finding.faults.append(Sentence(.certificateServerSilent, facts))
      }
    }

    private func show(_ finding: Finding, _ inFile: ServerCertificate?, _ now: Int64) throws {
      if json { return try Console.json(Line(finding)) }
      Console.say(.listCertificateFile, ["file": .text(finding.certificate)])
      if let summary = inFile?.summary {
        Console.say(.listCertificateNames, ["names": .list(finding.names)])
        let valid = Sentence(
          .listCertificateValid,
          ["start": .utc(seconds: summary.notBefore), "end": .utc(seconds: summary.notAfter)]
        )
        let parts = [valid, Self.warning(summary.notAfter - now)].compactMap(\.self)
        Console.line(parts.map { Phrasebook.ofSystem.text($0) }.joined(separator: "  "))
      }
      if let isServed = finding.isServed {
        Console.say(isServed ? .listCertificateServed : .listCertificateNotServed, [:])
      }
      for fault in finding.faults { Console.error(fault, .ofSystem) }
      if finding.faults.isEmpty { Console.say(.doneCertificateFine, [:]) }
    }

    /// What is to be seen of a certificate that is valid for so many seconds still; nil where that is long.
    private static func warning(_ left: Int64) -> Sentence? {
      if left < 0 { return Sentence(.listCertificateRanOut) }
      let days = Int(left / 86_400)
      return days < ServedCertificate.warningDays ? Sentence(.listCertificateRunsOut, ["count": .count(days)]) : nil
    }

    private static func date(_ seconds: Int64) -> String {
      Instant(seconds: seconds).rfc3339()
    }
  }
}
