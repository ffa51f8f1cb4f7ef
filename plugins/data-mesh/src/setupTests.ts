import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// Whole pages are rendered, also on machines that do much else meanwhile.
configure({ asyncUtilTimeout: 10_000 });
