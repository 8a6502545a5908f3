import NIOCertificateReloading
import NIOSSL

/// TLS of the endpoint: version 1.3 only; a client may have a device's certificate or none. grpc-swift's transport knows
/// only clients that must have one and clients that are not asked, hence a context of our own.
enum ServerTLS {
  /// - Parameter authority: PEM of the authority of devices; without one, clients are not asked for certificates.
  static func context(_ reloader: any CertificateReloader, authority: String?) throws -> NIOSSLContext {
    var configuration = try TLSConfiguration.makeServerConfiguration(certificateReloader: reloader)
    configuration.minimumTLSVersion = .tlsv13
    configuration.applicationProtocols = ["h2"]
    if let authority {
      configuration.certificateVerification = .optionalVerification
      configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(authority.utf8)))
    }
    return try NIOSSLContext(configuration: configuration)
  }

  /// For browsers, some of which know version 1.2 alone.
  static func pages(_ reloader: any CertificateReloader) throws -> NIOSSLContext {
    var configuration = try TLSConfiguration.makeServerConfiguration(certificateReloader: reloader)
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = ["http/1.1"]
    return try NIOSSLContext(configuration: configuration)
  }
}
