package explr.notebook;

import explr.file.Resource;

/** The scripts beside this package's classes. */
final class Script {

  private Script() {}

  static String text(String name) {
    return Resource.text(Script.class, name);
  }
}
