/// The catalogues of all languages as they lie in this folder, built into the program: gettext `.po`, in UTF-8.
package enum CatalogueFiles {
  package static var ar: [UInt8] { PackageResources.ar_po }
  package static var en: [UInt8] { PackageResources.en_po }
  package static var es: [UInt8] { PackageResources.es_po }
  package static var fr: [UInt8] { PackageResources.fr_po }
  package static var ru: [UInt8] { PackageResources.ru_po }
  package static var zh: [UInt8] { PackageResources.zh_po }
}
