/// What a certificate is to say, checked; the text of each extension is in OpenSSL's own notation.
struct CertificateContent {
  /// Clocks that are slow by up to this many seconds take a new certificate at once: a day.
  static let clockTolerance: Int64 = 86_400
  /// A device's certificate begins so many seconds before it is made, ten years: a server's clock that was ahead for a while
  /// shuts out nobody when it is set back.
  static let deviceBackdating: Int64 = 3653 * 86_400
  /// The last second that a certificate can name, 9999-12-31T23:59:59Z (RFC 5280 section 4.1.2.5).
  private static let lastSecond: Int64 = 253_402_300_799

  /// The subject.
  let commonName: String
  /// The second at which it is made, since 1970.
  private let made: Int64
  /// The first second of validity, since 1970.
  let notBefore: Int64
  /// The last second of validity, since 1970.
  private(set) var notAfter: Int64
  /// The extensions in their order.
  let extensions: [(name: String, value: String)]

  private init(
    commonName: String,
    notBefore: Int64,
    lifetime: Duration,
    backdating: Int64 = Self.clockTolerance,
    extensions: [(name: String, value: String)]
  ) throws(CertificateError) {
    let seconds = lifetime.components.seconds
    guard (0...Self.lastSecond).contains(notBefore), seconds > 0, seconds <= Self.lastSecond - notBefore else {
      throw .validity
    }
    self.commonName = try Self.checked(commonName: commonName)
    made = notBefore
    self.notBefore = notBefore - backdating
    self.notAfter = notBefore + seconds
    self.extensions = extensions
  }

  /// A certificate that signs those of servers and devices, and no further authority's.
  static func authority(
    commonName: String,
    notBefore: Int64,
    lifetime: Duration
  ) throws(CertificateError) -> CertificateContent {
    try CertificateContent(
      commonName: commonName,
      notBefore: notBefore,
      lifetime: lifetime,
      extensions: [
        ("basicConstraints", "critical,CA:TRUE,pathlen:0"),
        ("keyUsage", "critical,keyCertSign,cRLSign"),
        ("subjectKeyIdentifier", "hash"),
      ]
    )
  }

  /// A server's certificate for these names and addresses.
  static func server(
    commonName: String,
    names: SubjectNames,
    notBefore: Int64,
    lifetime: Duration
  ) throws(CertificateError) -> CertificateContent {
    try CertificateContent(
      commonName: commonName,
      notBefore: notBefore,
      lifetime: lifetime,
      extensions: leaf(purpose: "serverAuth") + [("subjectAltName", names.text)]
    )
  }

  /// A device's certificate, by which it makes itself known to a server.
  static func client(
    commonName: String,
    notBefore: Int64,
    lifetime: Duration
  ) throws(CertificateError) -> CertificateContent {
    try CertificateContent(
      commonName: commonName,
      notBefore: notBefore,
      lifetime: lifetime,
      backdating: deviceBackdating,
      extensions: leaf(purpose: "clientAuth")
    )
  }

  private static func leaf(purpose: String) -> [(name: String, value: String)] {
    [
      ("basicConstraints", "critical,CA:FALSE"),
      ("keyUsage", "critical,digitalSignature"),
      ("extendedKeyUsage", purpose),
      ("subjectKeyIdentifier", "hash"),
      ("authorityKeyIdentifier", "keyid:always"),
    ]
  }

  /// The same, valid no longer than the authority that issues it.
  func ending(by authorityEnd: Int64) throws(CertificateError) -> CertificateContent {
    guard made < authorityEnd else { throw .authorityExpired }
    var content = self
    content.notAfter = min(notAfter, authorityEnd)
    return content
  }

  /// The name, if it is neither empty nor too long and has no control characters.
  static func checked(commonName: String) throws(CertificateError) -> String {
    let scalars = commonName.unicodeScalars
    guard (1...CertificateError.commonNameLimit).contains(scalars.count),
      !scalars.contains(where: { $0.properties.generalCategory == .control })
    else { throw .commonName }
    return commonName
  }
}
