"""What made a build fail, in the words of the person whose project it is."""
