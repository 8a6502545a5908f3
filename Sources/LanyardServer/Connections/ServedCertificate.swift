import Foundation
package import LanyardCertificates
import LanyardDomain
package import LanyardTexts
package import Logging
import NIOCertificateReloading
package import NIOSSL
import Synchronization

/// What is wrong with a file of the server's certificate.
package struct CertificateFileFault: SpokenError {
  package let path: String
  package let fault: Sentence
  package var sentence: Sentence {
    Sentence(.certificateOfFile, ["file": .text(path), "fault": .sentence(fault)])
  }
}

/// The certificate that the server presents: the one that lay in its files at the start, until a good one takes its place.
package final class ServedCertificate: CertificateReloader {
  /// What came of a look at the files.
  package enum Look: Sendable, Equatable {
    case unchanged
    case replaced
    /// They cannot take the place of what is served, for this reason.
    case refused(Sentence)
  }

  /// The most bytes of a file that are read.
  private static let fileLimit = 262_144
  /// A certificate that runs out within so many days is worth a word.
  package static let warningDays = 14
  private static let warningTime = Int64(warningDays * 86_400)

  private struct State {
    var served: ServerCertificate
    var override: NIOSSLContextConfigurationOverride
    /// What was read last, so that the same fault is told once.
    var texts: Texts
    var lastRefusal: Sentence?
    /// The end that the log told of.
    var warnedOf: Int64?
    var isExpiredTold = false
  }

  private struct Texts: Equatable {
    let certificate: String
    let privateKey: String
  }

  private let certificatePath: String
  private let privateKeyPath: String
  private let logger: Logger
  /// Seconds since 1970, by the true clock, in a rehearsal too.
  private let now: @Sendable () -> Int64
  private let state: Mutex<State>

  /// Reads the files for the first time.
  ///
  /// - Throws: `CertificateFileFault` where there is nothing to present.
  package init(
    certificatePath: String,
    privateKeyPath: String,
    logger: Logger,
    now: @escaping @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970) }
  ) throws {
    (self.certificatePath, self.privateKeyPath) = (certificatePath, privateKeyPath)
    (self.logger, self.now) = (logger, now)
    let texts = try Self.read(certificatePath, privateKeyPath)
    let certificate = try Self.certificate(texts, certificatePath, privateKeyPath)
    state = Mutex(State(served: certificate, override: try Self.override(certificate), texts: texts))
    if let fault = Self.timeFault(certificate, at: now()) {
      logger.error(
        "no client will take the server's certificate",
        metadata: ["cause": "\(Phrasebook.of(.english).text(fault))"]
      )
    }
  }

  package var sslContextConfigurationOverride: NIOSSLContextConfigurationOverride {
    state.withLock { $0.override }
  }

  /// What is presented now.
  package var served: ServerCertificate { state.withLock { $0.served } }

  /// Looks at the files, and takes up what is in them where that is good.
  @discardableResult
  package func refresh() -> Look {
    let look = self.look()
    warnOfEnd()
    let isNew = state.withLock { state in
      guard case .refused(let reason) = look else { return false }
      defer { state.lastRefusal = reason }
      return state.lastRefusal != reason
    }
    switch look {
    case .unchanged: state.withLock { $0.lastRefusal = nil }
    case .replaced:
      logger.notice("the server's certificate was replaced", metadata: ["names": "\(served.names)"])
    case .refused(let reason) where isNew:
      logger.error(
        "the server's certificate files cannot be used; the certificate loaded before stays in use",
        metadata: ["cause": "\(Phrasebook.of(.english).text(reason))"]
      )
    case .refused: break
    }
    return look
  }

  private func look() -> Look {
    do {
      let texts = try Self.read(certificatePath, privateKeyPath)
      if state.withLock({ $0.texts == texts }) { return .unchanged }
      let candidate = try Self.certificate(texts, certificatePath, privateKeyPath)
      if let reason = Self.whyNot(candidate, inPlaceOf: served, at: now()) { return .refused(reason) }
      let override = try Self.override(candidate)
      state.withLock { state in
        (state.served, state.override, state.texts) = (candidate, override, texts)
        (state.lastRefusal, state.warnedOf, state.isExpiredTold) = (nil, nil, false)
      }
      return .replaced
    } catch let fault as any SpokenError {
      return .refused(fault.sentence)
    } catch {
      return .refused(.unexpected(error))
    }
  }

  /// Why a certificate must not take the place of one that is served; nil where it may.
  package static func whyNot(
    _ candidate: ServerCertificate,
    inPlaceOf served: ServerCertificate,
    at now: Int64
  ) -> Sentence? {
    // What is served to nobody's use may be replaced by anything.
    guard served.isValid(at: now) else { return nil }
    if let fault = timeFault(candidate, at: now) { return fault }
    let missing = served.names.filter { !candidate.covers($0) }
    return missing.isEmpty ? nil : Sentence(.certificateFewerNames, ["names": .list(missing)])
  }

  /// What is wrong with a certificate's time; nil where it is good now.
  package static func timeFault(_ certificate: ServerCertificate, at now: Int64) -> Sentence? {
    let summary = certificate.summary
    if now > summary.notAfter { return Sentence(.certificateRanOut, ["end": .utc(seconds: summary.notAfter)]) }
    guard now < summary.notBefore else { return nil }
    return Sentence(.certificateNotYet, ["start": .utc(seconds: summary.notBefore), "now": .utc(seconds: now)])
  }

  private static func date(_ seconds: Int64) -> String {
    Instant(seconds: seconds).rfc3339()
  }

  private func warnOfEnd() {
    let now = now()
    let (ending, isExpired) = state.withLock { state -> (Int64?, Bool) in
      let end = state.served.summary.notAfter
      if now > end {
        defer { state.isExpiredTold = true }
        return (end, !state.isExpiredTold)
      }
      guard end - now < Self.warningTime, state.warnedOf != end else { return (nil, false) }
      state.warnedOf = end
      return (end, false)
    }
    guard let ending else { return }
    if isExpired {
      logger.error(
        "the server's certificate has run out, and clients refuse it",
        metadata: ["end": "\(Self.date(ending))"]
      )
    } else if now <= ending {
      logger.warning("the server's certificate runs out soon", metadata: ["end": "\(Self.date(ending))"])
    }
  }

  private static func read(_ certificatePath: String, _ privateKeyPath: String) throws -> Texts {
    Texts(certificate: try text(certificatePath), privateKey: try text(privateKeyPath))
  }

  private static func text(_ path: String) throws -> String {
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw CertificateFileFault(path: path, fault: Sentence(.certificateFileMissing))
    }
    defer { try? handle.close() }  // Nothing was written.
    let data = try handle.read(upToCount: fileLimit + 1) ?? Data()
    guard data.count <= fileLimit else {
      throw CertificateFileFault(path: path, fault: Sentence(.certificateFileTooLarge))
    }
    return String(decoding: data, as: UTF8.self)
  }

  /// The certificate of texts; the same check is made by `lanyard certs check`.
  private static func certificate(
    _ texts: Texts,
    _ certificatePath: String,
    _ privateKeyPath: String
  ) throws -> ServerCertificate {
    do throws(CertificateError) {
      return try ServerCertificate(chainPEM: texts.certificate, privateKeyPEM: texts.privateKey)
    } catch {
      let isKey: Bool =
        switch error {
        case .encryptedKey, .unsupportedServerKey, .unreadable(.privateKey), .keyMismatch: true
        default: false
        }
      throw CertificateFileFault(path: isKey ? privateKeyPath : certificatePath, fault: error.sentence)
    }
  }

  /// Reads and checks the files as the server does at its start.
  ///
  /// - Throws: `CertificateFileFault`.
  package static func read(certificatePath: String, privateKeyPath: String) throws -> ServerCertificate {
    try certificate(read(certificatePath, privateKeyPath), certificatePath, privateKeyPath)
  }

  private static func override(_ certificate: ServerCertificate) throws -> NIOSSLContextConfigurationOverride {
    var override = NIOSSLContextConfigurationOverride()
    override.certificateChain = try certificate.chain.map {
      .certificate(try NIOSSLCertificate(bytes: $0, format: .der))
    }
    override.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: Array(certificate.privateKeyPEM.utf8), format: .pem))
    return override
  }
}
